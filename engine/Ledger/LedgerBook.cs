using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>
/// The rows that a transaction holds, and what its postings do to them: all legs of a posting in their order, or none
/// (A3). A leg that lowers a balance must leave it at its floor or above, also when a later leg of the same posting would
/// raise it again. What has been applied can be taken back, as far as wanted.
/// </summary>
/// <param name="lane">The committer's lane, which decides the sub-accounts of hot accounts.</param>
public sealed class LedgerBook(int lane)
{
    private readonly Dictionary<long, AccountState> _accounts = [];
    private readonly Dictionary<long, AccountStatus> _watched = [];
    private readonly Dictionary<OrderId, HoldState> _holds = [];
    private readonly Dictionary<long, CustomerState> _customers = [];
    private readonly List<EntryRow> _entries = [];
    private readonly List<EntryRow> _pending = [];
    private readonly List<HoldMove> _moves = [];
    private readonly Stack<Former> _undo = new();

    /// <summary>Legs that sweep sub-accounts come after those of the posting itself.</summary>
    private short _next;

    public IReadOnlyDictionary<long, AccountState> Accounts => _accounts;

    public IReadOnlyDictionary<OrderId, HoldState> Holds => _holds;

    public IReadOnlyDictionary<long, CustomerState> Customers => _customers;

    /// <summary>What goes onto the rows.</summary>
    public IReadOnlyList<EntryRow> Entries => _entries;

    /// <summary>What goes into the buffer.</summary>
    public IReadOnlyList<EntryRow> Pending => _pending;

    public IReadOnlyList<HoldMove> Moves => _moves;

    /// <summary>The day on which everything is posted.</summary>
    public DateOnly Day { get; set; }

    /// <summary>By the clock that holds expire by.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Rows that somebody else holds are passed over; whoever needs them is refused.</summary>
    public bool PassesBusy { get; set; }

    public void Clear()
    {
        _accounts.Clear();
        _watched.Clear();
        _holds.Clear();
        _customers.Clear();
        _entries.Clear();
        _pending.Clear();
        _moves.Clear();
        _undo.Clear();
    }

    public void Add(AccountState account) => _accounts.Add(account.Id, account);

    /// <summary>An account that takes credits into its buffer: its row is not held, its status stands still.</summary>
    public void Watch(long account, AccountStatus status) => _watched.Add(account, status);

    public void Add(HoldState hold) => _holds.Add(hold.Id, hold);

    public void Add(CustomerState customer) => _customers.Add(customer.Id, customer);

    /// <summary>Where to go back to.</summary>
    public Bookmark Mark() => new(_entries.Count, _pending.Count, _moves.Count, _undo.Count);

    public void TakeBack(Bookmark mark)
    {
        _entries.RemoveRange(mark.Entries, _entries.Count - mark.Entries);
        _pending.RemoveRange(mark.Pending, _pending.Count - mark.Pending);
        _moves.RemoveRange(mark.Moves, _moves.Count - mark.Moves);
        while (_undo.Count > mark.Changes)
        {
            Restore(_undo.Pop());
        }
    }

    /// <summary>
    /// Null when the posting was applied; otherwise the reason, and nothing has changed. Legs that do not balance, or are
    /// of another currency than their account, are a bug and throw before anything changes.
    /// </summary>
    public PostingRefusal? TryApply(Posting posting)
    {
        Balance.Demand(posting);
        if (posting.OnlyOn is { } only && only != Day)
        {
            return new PostingRefusal(posting.Kind, posting.Order, PostingRefusalReason.DayTurned, 0);
        }

        var mark = Mark();
        _next = checked((short)posting.Legs.Count);
        var refusal = ApplyHolds(posting) ?? ApplyLegs(posting) ?? CountForCustomers(posting);
        if (refusal is not null)
        {
            TakeBack(mark);
        }

        return refusal;
    }

    private PostingRefusal? ApplyHolds(Posting posting)
    {
        for (var i = 0; i < posting.Holds.Count; i++)
        {
            var change = posting.Holds[i];
            if (!_accounts.TryGetValue(change.Account.Id, out var account))
            {
                return Refuse(posting, PostingRefusalReason.AccountBusy, change.Account);
            }

            if (Closed(account.Status) is { } closed && change.Kind is HoldChangeKind.Placed or HoldChangeKind.Captured)
            {
                return Refuse(posting, closed, change.Account);
            }

            var refused = change.Kind == HoldChangeKind.Placed
                ? Place(posting, change, account, (short)i)
                : Take(posting, change, account, (short)i);
            if (refused is { } reason)
            {
                return Refuse(posting, reason, change.Account);
            }
        }

        return null;
    }

    private PostingRefusalReason? Place(Posting posting, HoldChange change, AccountState account, short ordinal)
    {
        // Only now: whoever asks again under his key has had his first answer already.
        if (change.ExpiresAt <= Now)
        {
            return PostingRefusalReason.HoldOver;
        }

        var amount = change.Amount!.Value;
        var isBusy = change.Account.IsOfCustomer && Sweep(posting, new PostingLeg(change.Account, amount), amount.Minor, account);
        if (account.Available < amount.Minor)
        {
            return isBusy ? PostingRefusalReason.AccountBusy : PostingRefusalReason.Overdraft;
        }

        Remember(account);
        account.Frozen += amount.Minor;
        var hold = new HoldState
        {
            Id = change.Hold,
            AccountId = account.Id,
            Currency = amount.Currency,
            Amount = amount.Minor,
            Reason = change.Reason,
            PlacedBy = change.PlacedBy,
            ExpiresAt = change.ExpiresAt,
            IsNew = true,
        };
        _holds.Add(hold.Id, hold);
        _undo.Push(new Former(hold, Wholly: true));
        _moves.Add(new HoldMove(hold, posting.Id, ordinal, change.Kind, amount.Minor));
        return null;
    }

    private PostingRefusalReason? Take(Posting posting, HoldChange change, AccountState account, short ordinal)
    {
        if (!_holds.TryGetValue(change.Hold, out var hold))
        {
            return PassesBusy ? PostingRefusalReason.AccountBusy : PostingRefusalReason.HoldUnknown;
        }

        if (hold.AccountId != account.Id)
        {
            return PostingRefusalReason.HoldUnknown;
        }

        var amount = change.Amount?.Minor ?? hold.Left;
        if (amount > hold.Left || amount == 0 || change.Amount is { } said && said.Currency != hold.Currency)
        {
            return PostingRefusalReason.HoldExceeded;
        }

        Remember(account);
        _undo.Push(new Former(hold, hold.Captured, hold.Released));
        account.Frozen -= amount;
        if (change.Kind == HoldChangeKind.Captured)
        {
            hold.Captured += amount;
        }
        else
        {
            hold.Released += amount;
        }

        _moves.Add(new HoldMove(hold, posting.Id, ordinal, change.Kind, amount));
        return null;
    }

    private PostingRefusal? ApplyLegs(Posting posting)
    {
        var legs = posting.Legs;
        for (var i = 0; i < legs.Count; i++)
        {
            if (ApplyLeg(posting, legs[i], checked((short)i)) is { } reason)
            {
                return Refuse(posting, reason, legs[i].Account);
            }
        }

        return null;
    }

    private PostingRefusalReason? ApplyLeg(Posting posting, in PostingLeg leg, short number)
    {
        var (account, amount) = leg;
        var where = LegPlace.Of(account, amount.Minor, lane);
        if (!_accounts.TryGetValue(where.Row, out var row))
        {
            return where.MayBuffer ? Buffer(posting, leg, number) : PostingRefusalReason.AccountBusy;
        }

        var isBusy = where.SweepsFrom is not null && Sweep(posting, leg, -(Int128)amount.Minor, row);
        if (Refuse(row, amount.Minor) is { } reason)
        {
            return isBusy && reason == PostingRefusalReason.Overdraft ? PostingRefusalReason.AccountBusy : reason;
        }

        Move(posting, leg, row, number, amount.Minor);
        return null;
    }

    private PostingRefusalReason? Buffer(Posting posting, in PostingLeg leg, short number)
    {
        if (!_watched.TryGetValue(leg.Account.Id, out var status))
        {
            return PostingRefusalReason.AccountBusy;
        }

        if (Closed(status) is { } reason)
        {
            return reason;
        }

        _pending.Add(new EntryRow(
            leg.Account.Id, 0, posting.Id, number, leg.Amount.Minor, 0, 0, leg.Amount.Currency, OrderOf(posting, leg), posting.Kind));
        return null;
    }

    /// <summary>
    /// A debit, or a hold, that is short of what is on the account's own row looks at all of its money. True when somebody
    /// else holds some of it: it may be short of that only.
    /// </summary>
    private bool Sweep(Posting posting, in PostingLeg leg, Int128 needed, AccountState row)
    {
        var passedOver = false;
        foreach (var id in leg.Account.SubAccounts)
        {
            var wanted = needed - row.Available;
            if (wanted <= 0)
            {
                break;
            }

            if (!_accounts.TryGetValue(id, out var shard))
            {
                passedOver = true;
            }
            else if (shard.Available > 0)
            {
                var amount = (long)Int128.Min(wanted, shard.Available);
                Move(posting, leg, shard, _next++, -amount);
                Move(posting, leg, row, _next++, amount);
            }
        }

        return passedOver;
    }

    private void Move(Posting posting, in PostingLeg leg, AccountState row, short number, long amount)
    {
        Remember(row);
        var opening = row.Balance;
        row.Balance += amount;
        row.Sequence++;
        _entries.Add(new EntryRow(
            row.Id, row.Sequence, posting.Id, number, amount, opening, row.Balance, leg.Amount.Currency, OrderOf(posting, leg), posting.Kind));
    }

    private PostingRefusal? CountForCustomers(Posting posting)
    {
        if (posting.Use == CustomerUse.None)
        {
            return null;
        }

        foreach (var (id, amount) in CustomerUses.Of(posting))
        {
            if (!_customers.TryGetValue(id, out var customer))
            {
                return Refuse(posting, PostingRefusalReason.AccountBusy, AccountOf(posting, id));
            }

            if (amount.Currency != customer.Class.Currency)
            {
                continue;
            }

            _undo.Push(new Former(customer, customer.UsedLife, customer.UsedYear, customer.UseYear));
            if (!customer.TryUse(amount.Minor, posting.Use, Day.Year))
            {
                return Refuse(posting, PostingRefusalReason.CustomerLimit, AccountOf(posting, id));
            }
        }

        return null;
    }

    private static PostingRefusalReason? Refuse(AccountState row, long amount)
    {
        if (Closed(row.Status) is { } closed)
        {
            return closed;
        }

        var closing = (Int128)row.Balance + amount;
        if (closing < long.MinValue || closing > long.MaxValue)
        {
            return PostingRefusalReason.BalanceOverflow;
        }

        return amount < 0 && closing - row.Frozen < row.Floor ? PostingRefusalReason.Overdraft : null;
    }

    private static PostingRefusalReason? Closed(AccountStatus status) => status switch
    {
        AccountStatus.Open => null,
        AccountStatus.Frozen => PostingRefusalReason.AccountFrozen,
        _ => PostingRefusalReason.AccountClosed,
    };

    private static PostingRefusal Refuse(Posting posting, PostingRefusalReason reason, Account account) =>
        new(posting.Kind, posting.Order, reason, account.Id);

    private static Account AccountOf(Posting posting, long customer) => posting.Legs.First(leg => leg.Account.CustomerId == customer).Account;

    private static OrderId OrderOf(Posting posting, in PostingLeg leg) => leg.Item.IsNone ? posting.Order : leg.Item;

    private void Remember(AccountState row) => _undo.Push(new Former(row, row.Balance, row.Frozen, row.Sequence));

    private void Restore(in Former former)
    {
        switch (former.Of)
        {
            case AccountState account:
                (account.Balance, account.Frozen, account.Sequence) = (former.One, former.Two, former.Three);
                break;
            case HoldState placed when former.Wholly:
                _holds.Remove(placed.Id);
                break;
            case HoldState hold:
                (hold.Captured, hold.Released) = (former.One, former.Two);
                break;
            case CustomerState customer:
                (customer.UsedLife, customer.UsedYear, customer.UseYear) = (former.One, former.Two, (int)former.Three);
                break;
        }
    }

    /// <summary>How far a book had been written.</summary>
    public readonly record struct Bookmark(int Entries, int Pending, int Moves, int Changes);

    /// <summary>What something was before it was changed.</summary>
    /// <param name="Wholly">It was not there at all.</param>
    private readonly record struct Former(object Of, long One = 0, long Two = 0, long Three = 0, bool Wholly = false);
}
