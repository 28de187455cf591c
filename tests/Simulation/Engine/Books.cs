using PaymentEngine.Ledger;

namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>The accounts of the store, kept by the engine's own evaluator.</summary>
internal sealed class Books
{
    private readonly World _world;
    private readonly Dictionary<long, AccountState> _accounts = [];
    private readonly Dictionary<(OrderId, PostingKind), Posting> _posted = [];

    public Books(World world)
    {
        _world = world;
        foreach (var account in world.Facts.Directory.Accounts)
        {
            _accounts.Add(account.Id, StateOf(account.Id, 0, 0, FloorOf(account), AccountStatus.Open));
        }
    }

    public IReadOnlyDictionary<(OrderId Order, PostingKind Kind), Posting> Posted => _posted;

    /// <summary>Postings that were refused, and why: what a person on the work list would be shown.</summary>
    public HashSet<OrderId> Refused { get; } = [];

    /// <summary>All postings of the unit, or none and the reason.</summary>
    public PostingRefusal? TryPost(UnitOfWork unit)
    {
        var book = new LedgerBook(lane: 0);
        foreach (var account in _accounts.Values)
        {
            book.Add(account);
        }

        var before = book.Mark();
        foreach (var posting in unit.Postings)
        {
            var refusal = _posted.ContainsKey((posting.Order, posting.Kind))
                ? new PostingRefusal(posting.Kind, posting.Order, PostingRefusalReason.AlreadyPosted, 0)
                : book.TryApply(posting);
            if (refusal is not null)
            {
                Broken.If(refusal.Reason == PostingRefusalReason.AlreadyPosted, "one posting per business key", $"{posting.Kind} of {posting.Order} is asked for again");
                book.TakeBack(before);
                Refused.Add(posting.Order);
                return refusal;
            }
        }

        foreach (var posting in unit.Postings)
        {
            _posted.Add((posting.Order, posting.Kind), posting);
        }

        return null;
    }

    /// <summary>For a while nothing moves on the account.</summary>
    public void Freeze(Account account, TimeSpan time)
    {
        Change(account, _accounts[account.Id].Floor, AccountStatus.Frozen);
        _world.Time.In(time, () => Change(account, _accounts[account.Id].Floor, AccountStatus.Open));
    }

    /// <summary>For a while the account may not fall below what it holds now.</summary>
    public void Cap(Account account, TimeSpan time)
    {
        Change(account, _accounts[account.Id].Balance, _accounts[account.Id].Status);
        _world.Time.In(time, () => Change(account, FloorOf(account), _accounts[account.Id].Status));
    }

    public long BalanceOf(AccountKind kind, int owner) => _accounts[_world.Facts.Directory.AccountOf(kind, owner, Circumstances.Cny).Id].Balance;

    public long Sum => _accounts.Values.Sum(account => account.Balance);

    /// <summary>What a channel owes us is a debit without a limit; all others may not be overdrawn.</summary>
    private static long FloorOf(Account account) => account.Kind == AccountKind.ChannelReceivable ? long.MinValue / 2 : 0;

    private void Change(Account account, long floor, AccountStatus status)
    {
        _world.Trace?.Note($"account {account.Number} is {status}, floor {floor}");
        var state = _accounts[account.Id];
        _accounts[account.Id] = StateOf(account.Id, state.Balance, state.Sequence, floor, status);
    }

    private static AccountState StateOf(long id, long balance, long sequence, long floor, AccountStatus status) => new()
    {
        Id = id,
        Balance = balance,
        Frozen = 0,
        Floor = floor,
        Sequence = sequence,
        Status = status,
    };
}
