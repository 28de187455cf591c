namespace PaymentEngine.Core.Accounting;

public enum PostingKind
{
    /// <summary>A payment that pays its trade.</summary>
    Payment,

    /// <summary>Money of an institution order that came on top: it waits in suspense until it is given back.</summary>
    Surplus,

    /// <summary>Money from suspense went back to its payer.</summary>
    Refund,

    // What merchants give back (O9): taken from the merchant into transit when he asks, from there to the channel when
    // the payer has it, or back to the merchant when it is certain that he will not.
    RefundTaken,
    RefundPaid,
    RefundReturned,

    /// <summary>As a refund, of a whole payment on its own ledger day; our fee goes back with it.</summary>
    VoidTaken,
    VoidPaid,
    VoidReturned,

    /// <summary>The payer has it, although the institution had refused for certain and the merchant had it back.</summary>
    RefundAfterAll,

    // What belongs to no merchant's order; its business key is of its own.

    /// <summary>From account to account.</summary>
    Transfer,

    /// <summary>A customer put money in.</summary>
    TopUp,

    /// <summary>A customer takes money out.</summary>
    Withdrawal,

    /// <summary>Only promises: a part of a balance is held, or let go.</summary>
    Hold,

    /// <summary>Asked for by one person and approved by another (A10).</summary>
    Adjustment,

    /// <summary>Takes back a posting that names itself.</summary>
    Reversal,
}

public static class PostingKinds
{
    /// <summary>It follows from an order, and is taken back by what happens to the order: never by itself.</summary>
    public static bool IsOfAnOrder(this PostingKind kind) => kind < PostingKind.Transfer;
}

/// <summary>Credits are positive, debits negative.</summary>
public readonly record struct PostingLeg(Account Account, Money Amount)
{
    /// <summary>On a transit account: the order whose open item it changes; none stands for the posting's order.</summary>
    public OrderId Item { get; init; }
}

/// <summary>
/// A change of several accounts that happens whole or not at all, once for good: its business key is the order and the
/// kind, or the key of the request that asked for it.
/// </summary>
public sealed record Posting(OrderId Id, OrderId Order, PostingKind Kind, IReadOnlyList<PostingLeg> Legs)
{
    /// <summary>What is done with promised parts of balances, before the legs.</summary>
    public IReadOnlyList<HoldChange> Holds { get; init; } = [];

    /// <summary>How it counts against the limits of customers.</summary>
    public CustomerUse Use { get; init; }

    /// <summary>The posting that this one takes back.</summary>
    public OrderId Reverses { get; init; }

    /// <summary>It is right on this ledger day only; null for any day.</summary>
    public DateOnly? OnlyOn { get; init; }
}

/// <param name="Hold">The hold; one that is placed has the posting's id.</param>
/// <param name="Account">On which it is.</param>
/// <param name="Amount">Null for what is left of it.</param>
public sealed record HoldChange(HoldChangeKind Kind, OrderId Hold, Account Account, Money? Amount)
{
    public string Reason { get; init; } = "";

    public string PlacedBy { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }
}

public enum HoldChangeKind
{
    Placed,
    Captured,
    Released,
    Expired,
}

public enum PostingRefusalReason
{
    Overdraft,
    AccountFrozen,
    AccountClosed,
    AlreadyPosted,

    /// <summary>The balance would no longer fit into 64 bits.</summary>
    BalanceOverflow,

    AccountUnknown,

    /// <summary>Somebody else has held the account's row for seconds: a payout tries again, everything else says so.</summary>
    AccountBusy,

    HoldUnknown,

    /// <summary>There is less left of the hold.</summary>
    HoldExceeded,

    /// <summary>Of the customer's class (A12).</summary>
    CustomerLimit,

    AlreadyReversed,

    /// <summary>The posting to be taken back is not there, or is itself a reversal.</summary>
    NotReversible,

    /// <summary>Legs that do not balance, or in another currency than their account.</summary>
    Unbalanced,

    /// <summary>It was decided for a ledger day that is over.</summary>
    DayTurned,

    /// <summary>A hold that would be over before it is placed.</summary>
    HoldOver,
}

/// <summary>Why a posting could not be made; it left no trace.</summary>
public sealed record PostingRefusal(PostingKind Kind, OrderId Order, PostingRefusalReason Reason, long AccountId);
