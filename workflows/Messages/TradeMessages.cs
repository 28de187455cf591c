namespace PaymentEngine.Workflows.Messages;

/// <summary>The merchant submitted a new order number; the trade's facts are in the order already.</summary>
public sealed record OpenTrade(OrderId Target) : OrderMessage(Target);

/// <summary>The payer starts an attempt at the trade's latest facts.</summary>
public sealed record StartPayment(OrderId Target, PaymentKind Kind, PaymentMethod Method, string PayerAccount, PaymentElements? Elements = null)
    : OrderMessage(Target);

/// <summary>Two persons send a leg that failed for certain to another channel; it is a new payment, since a failed one stays failed (C14).</summary>
public sealed record RerouteByHand(OrderId Target, DecidedRoute Route) : OrderMessage(Target)
{
    public override string? Reason => Route.Reroute.DecidedBy;
}

/// <summary>The merchant submitted the number again with another amount, payer or payee (O2).</summary>
public sealed record ReviseTrade(OrderId Target, Money Amount, string Payer, string? Payee) : OrderMessage(Target);

public sealed record PaymentSucceeded(OrderId Target, OrderId Payment) : OrderMessage(Target);

public sealed record PaymentFailed(OrderId Target, OrderId Payment, string Code) : OrderMessage(Target)
{
    public override string? Reason => Code;
}

/// <summary>A payment's money arrived, but the trade does not want it: it is surplus and is being given back.</summary>
public sealed record PaymentCameOnTop(OrderId Target, OrderId Payment) : OrderMessage(Target);

/// <summary>The payer has the surplus money back.</summary>
public sealed record SurplusRefunded(OrderId Target, OrderId Refund) : OrderMessage(Target);

/// <summary>The institution would not take the surplus back; the money stays in suspense and a person looks.</summary>
public sealed record SurplusNotRefunded(OrderId Target, OrderId Refund, string Code) : OrderMessage(Target)
{
    public override string? Reason => Code;
}

/// <summary>The merchant gives back a part, or all, of what paid the trade (O9); that it may be done was found before.</summary>
/// <param name="OnlyOn">The ledger day on which the terms hold; null for any.</param>
public sealed record RefundTrade(OrderId Target, OrderId InstitutionOrder, Money Amount, RefundTerms Terms, DateOnly? OnlyOn) : OrderMessage(Target)
{
    public override string? Reason => $"{Terms.Kind.Code()} of {Amount} {Amount.Currency}";
}

/// <summary>The payer has what the merchant gave back.</summary>
public sealed record RefundSucceeded(OrderId Target, OrderId Refund, RefundKind Kind) : OrderMessage(Target)
{
    public override string? Reason => Kind.Code();
}

/// <summary>The payer will not have it; the merchant has it back.</summary>
public sealed record RefundFailed(OrderId Target, OrderId Refund, RefundKind Kind, string Code) : OrderMessage(Target)
{
    public override string? Reason => $"{Kind.Code()}: {Code}";
}

public sealed record CloseTrade(OrderId Target, string Why) : OrderMessage(Target)
{
    public override string? Reason => Why;
}

/// <summary>The expiry timer fell due.</summary>
public sealed record TradeExpired(OrderId Target) : OrderMessage(Target);
