namespace PaymentEngine.Core.Accounting;

/// <summary>
/// What somebody wants booked that belongs to no merchant's order: legs, promises, or both, whole or not at all.
/// </summary>
/// <param name="Key">Its business key, for good: the same request again has the first result, another one is a conflict.</param>
public sealed record LedgerRequest(string Key, PostingKind Kind, IReadOnlyList<RequestedLeg> Legs)
{
    public IReadOnlyList<HoldOrder> Holds { get; init; } = [];

    /// <summary>What the customer whose money leaves is using his limit for (A12).</summary>
    public CustomerUse Use { get; init; } = CustomerUse.None;

    /// <summary>The posting that this one takes back; its legs are that one's with their signs turned.</summary>
    public OrderId Reverses { get; init; }

    public string? Narrative { get; init; }

    public string MadeBy { get; init; } = "engine";
}

/// <param name="Amount">Credits are positive, debits negative.</param>
/// <param name="Item">On a transit account: the order whose open item it changes; none stands for the posting itself.</param>
public readonly record struct RequestedLeg(string Account, Money Amount, OrderId Item = default);

/// <summary>What is done with a promised part of a balance: a closed set. It is done before the legs.</summary>
public abstract record HoldOrder
{
    private HoldOrder()
    {
    }

    /// <summary>Promises a part of what is available; the posting's id is the hold's.</summary>
    public sealed record Place(string Account, Money Amount, string Reason, DateTimeOffset? ExpiresAt) : HoldOrder;

    /// <summary>Takes a part out of the promise, for a leg of the same posting to spend it (A4).</summary>
    public sealed record Capture(OrderId Hold, Money Amount) : HoldOrder;

    /// <summary>Gives a part back, or what is left of it when no amount is said.</summary>
    public sealed record Release(OrderId Hold, Money? Amount, bool IsExpiry = false) : HoldOrder;
}

/// <summary>How a posting counts against the limits of the customers whose accounts it debits (A12).</summary>
public enum CustomerUse
{
    /// <summary>It does not: corrections, reversals, fees of ours.</summary>
    None,

    /// <summary>A payment or a transfer to somebody else.</summary>
    Payment,

    /// <summary>A transfer to the customer's own bank account, which counts for class I only.</summary>
    OwnBankAccount,
}
