using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Ledger;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>Accounts in CNY, unless they are opened in USD, and the entries that postings left on them.</summary>
internal sealed class Books
{
    public static readonly Currency Cny = Currency.Parse("CNY");
    public static readonly Currency Usd = Currency.Parse("USD");
    public static readonly OrderId PostingId = new(9);
    public static readonly OrderId PaymentId = new(8);

    private readonly SortedDictionary<long, AccountState> _states = [];
    private readonly Dictionary<long, Account> _accounts = [];
    private readonly Dictionary<int, LedgerBook> _books = [];
    private readonly List<EntryRow> _entries = [];

    public IReadOnlyList<EntryRow> Entries => _entries;

    public IEnumerable<(long Id, long Balance, long Sequence)> Balances =>
        _states.Values.Select(state => (state.Id, state.Balance, state.Sequence));

    public IReadOnlyDictionary<long, AccountState> States => _states;

    public Books Open(
        long id,
        long balance = 0,
        long frozen = 0,
        long floor = 0,
        long sequence = 0,
        AccountStatus status = AccountStatus.Open) => Open(Cny, id, balance, frozen, floor, sequence, status);

    public Books OpenUsd(long id, long balance = 0) => Open(Usd, id, balance, 0, 0, 0, AccountStatus.Open);

    /// <summary>Makes an account whose rows are the two sub-accounts.</summary>
    public void Split(long id, long even, long odd) =>
        _accounts[id] = new Account(id, $"{id}", AccountKind.FeeIncome, 0, Cny, [even, odd]);

    public PostingRefusal? Post(params (long Account, long Minor)[] legs) => Post(lane: 0, legs);

    public PostingRefusal? Post(int lane, params (long Account, long Minor)[] legs) => Post(lane, currency: null, legs);

    public PostingRefusal? PostIn(Currency currency, params (long Account, long Minor)[] legs) => Post(0, currency, legs);

    private PostingRefusal? Post(int lane, Currency? currency, (long Account, long Minor)[] legs)
    {
        var book = BookOf(lane);
        var before = book.Entries.Count;
        try
        {
            return book.TryApply(
                new Posting(PostingId, PaymentId, PostingKind.Payment, [.. legs.Select(leg => Leg(leg.Account, leg.Minor, currency))]));
        }
        finally
        {
            _entries.AddRange(book.Entries.Skip(before));
        }
    }

    private LedgerBook BookOf(int lane)
    {
        if (!_books.TryGetValue(lane, out var book))
        {
            _books.Add(lane, book = new LedgerBook(lane));
            foreach (var state in _states.Values)
            {
                book.Add(state);
            }
        }

        return book;
    }

    private PostingLeg Leg(long account, long minor, Currency? currency) =>
        new(_accounts[account], new Money(minor, currency ?? _accounts[account].Currency));

    private Books Open(
        Currency currency, long id, long balance, long frozen, long floor, long sequence, AccountStatus status)
    {
        _accounts[id] = new Account(id, $"{id}", AccountKind.Merchant, (int)id, currency, []);
        _states[id] = new AccountState
        {
            Id = id,
            Balance = balance,
            Frozen = frozen,
            Floor = floor,
            Sequence = sequence,
            Status = status,
        };
        return this;
    }
}
