namespace PaymentEngine.Workflows.Messages;

/// <summary>What one leg of a payment takes from one payment method of the payer.</summary>
public readonly record struct PaymentLeg(PaymentMethod Method, string PayerAccount, Money Amount, PaymentElements Elements);

/// <summary>The channel of a leg that two persons sent elsewhere, and why they might (C14).</summary>
public sealed record DecidedRoute(Route Route, Reroute Reroute);

/// <summary>Creates a payment of the trade as the trade is now.</summary>
/// <param name="Route">Where it goes when that has been decided already.</param>
public sealed record BeginPayment(OrderId Target, PaymentKind Kind, IReadOnlyList<PaymentLeg> Legs, DecidedRoute? Route = null)
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

/// <summary>Creates the refund of one institution order whose money came on top (O4).</summary>
public sealed record BeginRefund(OrderId Target, OrderId InstitutionOrder) : OrderMessage(Target), ICreates<PaymentOrder>
{
    public PaymentOrder Create(UnitOfWork unit)
    {
        var original = unit.Family.InstitutionOrder(InstitutionOrder);
        var paid = unit.Family.PaymentOf(original);
        var refund = new PaymentOrder
        {
            Id = Target,
            TradeId = unit.Family.Trade.Id,
            Amount = original.Amount,
            CreatedAt = unit.Now,
            Kind = PaymentKind.Refund,
            Method = paid.Method,
            Revision = paid.Revision,
            RequestSerial = paid.RequestSerial,
            ExpiresAt = unit.Now + PaymentOrder.RefundLifetime,
            RefundOf = InstitutionOrder,
        };
        unit.Family.Add(refund);
        return refund;
    }
}

/// <summary>Creates the refund of a part, or all, of what one institution order brought, because the merchant wants it (O9).</summary>
/// <param name="OnlyOn">The ledger day on which the terms hold; null for any.</param>
public sealed record BeginMerchantRefund(OrderId Target, OrderId InstitutionOrder, Money Amount, RefundTerms Terms, DateOnly? OnlyOn)
    : OrderMessage(Target), ICreates<PaymentOrder>
{
    public override string? Reason => Terms.Reason is { } why ? $"{Terms.Kind.Code()}: {why}" : Terms.Kind.Code();

    public PaymentOrder Create(UnitOfWork unit)
    {
        var paid = unit.Family.PaymentOf(unit.Family.InstitutionOrder(InstitutionOrder));
        var refund = new PaymentOrder
        {
            Id = Target,
            TradeId = unit.Family.Trade.Id,
            Amount = Amount,
            CreatedAt = unit.Now,
            Kind = PaymentKind.Refund,
            Method = paid.Method,
            Revision = paid.Revision,
            RequestSerial = unit.Context.RequestSerial,
            ExpiresAt = unit.Now + PaymentOrder.RefundLifetime,
            RefundOf = InstitutionOrder,
            Terms = Terms,
        };
        unit.Family.Add(refund);
        return refund;
    }
}

public sealed record LegSucceeded(OrderId Target, OrderId Instruction) : OrderMessage(Target);

public sealed record LegFailed(OrderId Target, OrderId Instruction, string Code) : OrderMessage(Target)
{
    public override string? Reason => Code;
}

/// <summary>
/// An institution order moved money that its leg does not want: the leg has been paid or given up before.
/// </summary>
public sealed record LegCameOnTop(OrderId Target, OrderId InstitutionOrder) : OrderMessage(Target);

/// <summary>The posting timer fell due: the refused posting is tried again (O12).</summary>
public sealed record PostingDue(OrderId Target) : OrderMessage(Target);
