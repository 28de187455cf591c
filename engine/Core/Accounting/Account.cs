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
    /// <summary>The row that a committer's lane posts to, so that lanes never wait for each other.</summary>
    public long RowFor(int lane) => SubAccounts.Count == 0 ? Id : SubAccounts[lane % SubAccounts.Count];
}
