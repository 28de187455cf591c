using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Units;

/// <summary>A posting that a machine asked for; its legs are worked out from the family before the commit.</summary>
public readonly record struct PostingIntent(PostingKind Kind, PaymentOrder Payment);

/// <summary>Two sides disagree and a person or a later rule has to settle it.</summary>
public readonly record struct Difference(OrderId Order, string Kind, string Detail);

/// <summary>An order that the engine cannot move by itself. A null reason takes it off the list again.</summary>
public readonly record struct WorkItemChange(OrderId Order, string? Reason);

/// <summary>
/// What an HTTP request claims for good: its idempotency key and, when it opens a trade, the merchant's order number.
/// </summary>
public sealed record RequestClaim(int MerchantId, string Key, byte[] BodyHash, string? MerchantOrderNo);

/// <summary>The first answer to a request, kept with the commit that made it true.</summary>
public sealed record Answer(int Status, string Location, byte[] Body);
