namespace PaymentEngine.Core.Accounting;

public enum PostingKind
{
    /// <summary>A payment that pays its trade.</summary>
    Payment,

    /// <summary>Money of an institution order that came on top: it waits in suspense until it is given back.</summary>
    Surplus,

    /// <summary>Money from suspense went back to its payer.</summary>
    Refund,
}

/// <summary>Credits are positive, debits negative.</summary>
public readonly record struct PostingLeg(Account Account, Money Amount);

/// <summary>
/// A change of several accounts that happens whole or not at all. Order and kind are its business key: the same
/// key is posted once, for good.
/// </summary>
public sealed record Posting(OrderId Id, OrderId Order, PostingKind Kind, IReadOnlyList<PostingLeg> Legs);

public enum PostingRefusalReason
{
    Overdraft,
    AccountFrozen,
    AccountClosed,
    AlreadyPosted,

    /// <summary>The balance would no longer fit into 64 bits.</summary>
    BalanceOverflow,
}

/// <summary>Why a posting could not be made; it left no trace.</summary>
public sealed record PostingRefusal(PostingKind Kind, OrderId Order, PostingRefusalReason Reason, long AccountId);
