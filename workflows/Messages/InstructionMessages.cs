namespace PaymentEngine.Workflows.Messages;

/// <summary>Creates one leg of a payment.</summary>
/// <param name="Route">Where it goes when that has been decided already.</param>
public sealed record BeginInstruction(OrderId Target, OrderId Payment, short Leg, PaymentLeg Terms, DecidedRoute? Route = null)
    : OrderMessage(Target), ICreates<PaymentInstruction>
{
    public PaymentInstruction Create(UnitOfWork unit)
    {
        var instruction = new PaymentInstruction
        {
            Id = Target,
            TradeId = unit.Family.Trade.Id,
            Amount = Terms.Amount,
            CreatedAt = unit.Now,
            PaymentId = Payment,
            Leg = Leg,
            Method = Terms.Method,
            PayerAccount = Terms.PayerAccount,
            Elements = Terms.Elements,
        };
        unit.Family.Add(instruction);
        return instruction;
    }
}

/// <summary>No channel can carry the leg now; nothing was sent anywhere.</summary>
public sealed record NoChannelFound(OrderId Target, Route Route) : OrderMessage(Target)
{
    public override string? Reason => Route.Refusal;
}

public sealed record PartSucceeded(OrderId Target, OrderId InstitutionOrder) : OrderMessage(Target);

/// <summary>An order that had failed for certain moved money after all.</summary>
public sealed record PartCameOnTop(OrderId Target, OrderId InstitutionOrder) : OrderMessage(Target);

/// <param name="Evidence">Null unless it is certain that the channel moved no money and another one may (C14).</param>
public sealed record PartFailed(OrderId Target, OrderId InstitutionOrder, string Code, Evidence? Evidence) : OrderMessage(Target)
{
    public override string? Reason => Code;
}

/// <summary>It would have been safe to try another channel, but the script does not want it.</summary>
public sealed record RerouteDeclined(OrderId Target, string Code, string DecidedBy) : OrderMessage(Target)
{
    public override string? Reason => $"{Code} ({DecidedBy})";
}
