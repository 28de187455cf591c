namespace PaymentEngine.Core.Orders;

/// <summary>One leg of a payment: one payment method, paid by one or more institution orders.</summary>
public sealed class PaymentInstruction : Order
{
    public override OrderLevel Level => OrderLevel.Instruction;

    public required OrderId PaymentId { get; init; }

    public required short Leg { get; init; }

    public required PaymentMethod Method { get; init; }

    public required string PayerAccount { get; init; }

    public PaymentElements Elements { get; init; } = PaymentElements.None;

    /// <summary>Into how many institution orders the amount is split; each part has at most one winner.</summary>
    public short Parts { get; init; } = 1;

    public short PartsWon { get; set; }

    public string? Failure { get; set; }

    /// <summary>Why no channel was found, compact; empty where one was, whose order has the explanation.</summary>
    public ReadOnlyMemory<byte> Routing { get; set; }
}
