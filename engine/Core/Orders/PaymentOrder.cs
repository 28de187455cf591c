namespace PaymentEngine.Core.Orders;

/// <summary>One attempt of a payer to pay a trade, or the giving back of his money: all that came on top, or what the merchant wants.</summary>
public sealed class PaymentOrder : Order
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Money that is not ours is offered to the institution for as long as institutions take refunds.</summary>
    public static readonly TimeSpan RefundLifetime = TimeSpan.FromDays(180);

    public override OrderLevel Level => OrderLevel.Payment;

    public required PaymentKind Kind { get; init; }

    public required PaymentMethod Method { get; init; }

    /// <summary>The revision of the trade's facts that this payment was started with.</summary>
    public required short Revision { get; init; }

    /// <summary>The serial number of the request that started it; everything that follows from it is told under this (O6).</summary>
    public required string RequestSerial { get; init; }

    /// <summary>Nothing is sent to an institution for this payment after this moment.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The institution order whose money a refund gives back; zero for a payment.</summary>
    public OrderId RefundOf { get; init; }

    public bool IsRefund => Kind == PaymentKind.Refund;

    /// <summary>Of a refund that the merchant asked for; null for a payment, and for surplus that goes back by itself.</summary>
    public RefundTerms? Terms { get; init; }

    /// <summary>When a refund of the merchant's reached its end.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it failed, as a stable code.</summary>
    public string? Failure { get; set; }
}
