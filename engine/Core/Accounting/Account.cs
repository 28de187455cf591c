namespace PaymentEngine.Core.Accounting;

public enum AccountKind
{
    /// <summary>What we owe a merchant.</summary>
    Merchant,

    /// <summary>What a channel owes us.</summary>
    ChannelReceivable,

    /// <summary>Fees that we earned.</summary>
    FeeIncome,

    /// <summary>Money that arrived and belongs to nobody yet.</summary>
    Suspense,

    /// <summary>What we keep for a member.</summary>
    Member,

    /// <summary>Money on its way from one account to another: zero when nothing is in flight (A9).</summary>
    Transit,

    /// <summary>Ours at a bank.</summary>
    Bank,

    /// <summary>What we put in ourselves.</summary>
    OwnFunds,

    /// <summary>Fees that we paid.</summary>
    FeeExpense,

    /// <summary>What somebody owes us after a difference.</summary>
    Differences,

    /// <summary>Written off.</summary>
    Loss,
}

/// <summary>Where credits of an account go. A hint: every engine does what is right in each of them.</summary>
public enum AccountMode
{
    /// <summary>Onto its row, at once.</summary>
    RealTime,

    /// <summary>Into the buffer, durable at once, and onto its row within seconds (A5).</summary>
    Buffered,

    /// <summary>Onto one of its sub-accounts.</summary>
    Sharded,
}

/// <summary>
/// An account as decisions see it. Balances are signed: credits are positive, debits negative, so a receivable is
/// negative. Hot internal accounts are split into sub-accounts; their balance is the sum.
/// </summary>
public sealed record Account(
    long Id,
    string Number,
    AccountKind Kind,
    int OwnerId,
    Currency Currency,
    IReadOnlyList<long> SubAccounts)
{
    public AccountMode Mode { get; init; }

    /// <summary>What is buffered was not applied in time: it takes no more, and the next credit applies it with its own lock (A5).</summary>
    public bool BufferIsLate { get; init; }

    /// <summary>Whose it is, where it is a member's.</summary>
    public long? CustomerId { get; init; }

    /// <summary>Its money is somebody's whom we serve: it never falls below its floor, and its debits look at all of it.</summary>
    public bool IsOfCustomer => Kind.IsOfCustomer();

    /// <summary>The row that a committer's lane posts to, so that lanes never wait for each other.</summary>
    public long RowFor(int lane) => SubAccounts.Count == 0 ? Id : SubAccounts[lane % SubAccounts.Count];
}
