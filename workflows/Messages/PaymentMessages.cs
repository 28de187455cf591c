namespace PaymentEngine.Workflows.Messages;

/// <summary>What one leg of a payment takes from one payment method of the payer.</summary>
public readonly record struct PaymentLeg(PaymentMethod Method, string PayerAccount, Money Amount);

/// <summary>Creates a payment of the trade as the trade is now.</summary>
public sealed record BeginPayment(OrderId Target, PaymentKind Kind, IReadOnlyList<PaymentLeg> Legs)
    : OrderMessage(Target), ICreates<PaymentOrder>
{
    public PaymentOrder Create(UnitOfWork unit)
    {
        // Several legs need an order among them and a way back when a later one fails (O7); neither is built yet.
        if (Legs.Count != 1)
        {
            throw new NotSupportedException($"a payment has exactly one leg, not {Legs.Count}");
        }

        var trade = unit.Family.Trade;
        var payment = new PaymentOrder
        {
            Id = Target,
            TradeId = trade.Id,
            Amount = trade.Amount,
            CreatedAt = unit.Now,
            Kind = Kind,
            Method = Legs[0].Method,
            Revision = trade.Revision,
            RequestSerial = unit.Context.RequestSerial,
            ExpiresAt = unit.Now + PaymentOrder.Lifetime,
        };
        unit.Family.Add(payment);
        return payment;
    }
}

public sealed record LegSucceeded(OrderId Target, OrderId Instruction) : OrderMessage(Target);

public sealed record LegFailed(OrderId Target, OrderId Instruction, string Code) : OrderMessage(Target)
{
    public override string? Reason => Code;
}

/// <summary>The posting timer fell due: the refused posting is tried again (O12).</summary>
public sealed record PostingDue(OrderId Target) : OrderMessage(Target);
