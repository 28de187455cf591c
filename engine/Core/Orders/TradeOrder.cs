namespace PaymentEngine.Core.Orders;

/// <summary>What the merchant wants done: one per merchant order number.</summary>
public sealed class TradeOrder : Order
{
    public override OrderLevel Level => OrderLevel.Trade;

    /// <summary>Counts the commits of the whole family; every commit must name the one it was decided on.</summary>
    public int Version { get; set; }

    public required int MerchantId { get; init; }

    public required string MerchantOrderNo { get; init; }

    public required string Payer { get; set; }

    public string? Payee { get; set; }

    public string? Description { get; set; }

    /// <summary>Where the merchant is told what becomes of it; null when he polls (N2, N4).</summary>
    public string? NotifyUrl { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Rises when the merchant changes amount, payer or payee; only a payment of the latest revision pays.</summary>
    public short Revision { get; set; } = 1;

    /// <summary>The one payment that paid this trade.</summary>
    public OrderId PaidBy { get; set; }

    public DateTimeOffset? PaidAt { get; set; }

    public bool HasExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>Money for older facts, or for a trade that is paid or closed, comes on top and is given back (O2, O4).</summary>
    public bool CanBePaidBy(PaymentOrder payment) =>
        State is TradeStates.Paying or TradeStates.Closing && payment.Revision == Revision;

    /// <summary>
    /// Whether it makes sense to begin taking the payer's money: a trade that is being closed still accepts what is
    /// under way (O3), but nobody may send anything new for it. What is given back is never unwelcome.
    /// </summary>
    public bool IsWaitingFor(PaymentOrder payment) =>
        payment.IsRefund || (State == TradeStates.Paying && payment.Revision == Revision);
}
