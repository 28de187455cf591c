namespace PaymentEngine.Core.Orders;

/// <summary>One attempt of a payer to pay a trade.</summary>
public sealed class PaymentOrder : Order
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public override OrderLevel Level => OrderLevel.Payment;

    public required PaymentKind Kind { get; init; }

    public required PaymentMethod Method { get; init; }

    /// <summary>The revision of the trade's facts that this payment was started with.</summary>
    public required short Revision { get; init; }

    /// <summary>The serial number of the request that started it; everything that follows from it is told under this (O6).</summary>
    public required string RequestSerial { get; init; }

    /// <summary>Nothing is sent to an institution for this payment after this moment.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it failed, as a stable code.</summary>
    public string? Failure { get; set; }
}
