using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Core.Units;

/// <summary>
/// A posting that a machine asked for; its legs are worked out from the family before the commit. The order is its
/// business key: the payment, or for surplus the institution order that brought the money.
/// </summary>
/// <param name="OnlyOn">The ledger day on which it is right; null for any.</param>
public readonly record struct PostingIntent(PostingKind Kind, Order Order, DateOnly? OnlyOn = null);

/// <summary>What the merchant is told of an order's change; told once, however often it is delivered (N1).</summary>
public readonly record struct NotificationIntent(NotificationKind Kind, Order Order);

public enum NotificationKind
{
    TradePaid,
    TradeClosed,
    PaymentFailed,

    /// <summary>A payment came on top of what the trade wanted; its money is on its way back to the payer (O4).</summary>
    SurplusDetected,
    SurplusRefunded,

    /// <summary>The institution would not take the money back; a person has to find another way.</summary>
    SurplusNotRefunded,

    /// <summary>The payer has what the merchant gave back (O9).</summary>
    RefundSucceeded,

    /// <summary>He will not have it: the merchant has it back.</summary>
    RefundFailed,
    VoidSucceeded,
    VoidFailed,
}

/// <summary>Two sides disagree and a person or a later rule has to settle it. A null detail says that it is settled.</summary>
public readonly record struct Difference(OrderId Order, string Kind, string? Detail);

/// <summary>An order that the engine cannot move by itself. A null reason takes it off the list again.</summary>
public readonly record struct WorkItemChange(OrderId Order, string? Reason);

/// <summary>The order waits until somebody maps the code that its institution answered with (C11). A null code says that it waits no longer.</summary>
public readonly record struct CodeWait(InstitutionOrder Order, UnmappedCode? Code);

/// <summary>A second person agreed to a reroute by hand, and this order came of it (C14).</summary>
public sealed record RerouteApproval(long Request, string ApprovedBy, OrderId NewOrder);

/// <summary>
/// What an HTTP request claims for good: its idempotency key and, when it opens a trade, the merchant's order number.
/// </summary>
public sealed record RequestClaim(int MerchantId, string Key, byte[] BodyHash, string? MerchantOrderNo);

/// <summary>A number that the merchant gave to a refund of his; he uses it once.</summary>
public sealed record RefundNumberClaim(int MerchantId, string Number, OrderId Trade, OrderId Refund);

/// <summary>The first answer to a request, kept with the commit that made it true.</summary>
public sealed record Answer(int Status, string Location, byte[] Body)
{
    public string ContentType { get; init; } = "application/json";
}
