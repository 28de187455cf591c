using PaymentEngine.Core.Channels;

namespace PaymentEngine.Workflows.Messages;

/// <summary>Creates the order that is sent to the institution.</summary>
/// <param name="Route">To a channel.</param>
/// <param name="Reroute">Why it is made after another order for the same money; null for the first (C14).</param>
public sealed record CreateInstitutionOrder(
    OrderId Target, OrderId Instruction, short Part, Route Route, string InstitutionNumber, Reroute? Reroute = null)
    : OrderMessage(Target), ICreates<InstitutionOrder>
{
    public override string? Reason => Reroute is { } reroute ? $"{reroute.Evidence.InWords} ({reroute.DecidedBy})" : null;

    public InstitutionOrder Create(UnitOfWork unit)
    {
        var instruction = unit.Family.Instruction(Instruction);
        var order = new InstitutionOrder
        {
            Id = Target,
            TradeId = instruction.TradeId,
            // The only part of the leg carries all of it; splitting a leg (O8) is not built yet.
            Amount = instruction.Amount,
            CreatedAt = unit.Now,
            InstructionId = instruction.Id,
            Part = Part,
            ChannelId = Route.Channel!.Id,
            Interface = Route.Interface,
            Routing = Route.Explanation,
            InstitutionNumber = InstitutionNumber,
            PayerAccount = instruction.PayerAccount,
            Reroute = Reroute,
        };
        unit.Family.Add(order);
        foreach (var limit in Route.Limits)
        {
            unit.LimitsTaken.Add(new LimitTaking(order, limit));
        }

        return order;
    }
}

/// <summary>
/// News about the order from outside: the answer to a send, the answer to a query, or a callback. Only the answer to
/// a query ends a round of queries.
/// </summary>
public abstract record InstitutionNews(OrderId Target, bool FromQuery) : OrderMessage(Target);

public sealed record InstitutionSucceeded(OrderId Target, Money Amount, string InstitutionRef, string Code, bool FromQuery)
    : InstitutionNews(Target, FromQuery)
{
    public override string? Reason => Code;
}

public sealed record InstitutionFailed(OrderId Target, string Code, string Message, bool OfTheChannel, bool Closed, bool FromQuery)
    : InstitutionNews(Target, FromQuery)
{
    public override string? Reason => $"{Code}: {Message}";
}

public sealed record InstitutionAccepted(OrderId Target, string? InstitutionRef, string Code, bool FromQuery)
    : InstitutionNews(Target, FromQuery)
{
    public override string? Reason => Code;
}

/// <summary>The send with this number (from 1) ended before a byte left the building.</summary>
/// <param name="OfTheChannel">The institution could not be reached; otherwise it was our side.</param>
public sealed record NothingWasSent(OrderId Target, short Send, string Why, bool OfTheChannel) : InstitutionNews(Target, FromQuery: false)
{
    public override string? Reason => $"send {Send}: {Why}";
}

/// <summary>The institution was asked and does not know the number. That is not a failure (C13).</summary>
/// <param name="AskedAt">It may know the number of a send that was under way then, or that began since.</param>
public sealed record InstitutionDoesNotKnow(OrderId Target, string Code, DateTimeOffset AskedAt) : InstitutionNews(Target, FromQuery: true)
{
    public override string? Reason => Code;
}

/// <param name="Unmapped">The code that has to be mapped before the answer can be understood, if that is why.</param>
/// <param name="OfTheChannel">It is how a send ended, and speaks of the channel's condition (C6).</param>
public sealed record OutcomeUnknown(OrderId Target, string Why, bool FromQuery, UnmappedCode? Unmapped = null, bool OfTheChannel = false)
    : InstitutionNews(Target, FromQuery)
{
    public override string? Reason => Why;
}

/// <summary>An order of which nothing was sent may be sent: its dispatch timer fell due, or its application was told of it.</summary>
public sealed record DispatchDue(OrderId Target) : OrderMessage(Target);

/// <summary>Nothing was sent while it was wanted: the validity is over, or the merchant has closed the trade.</summary>
public sealed record SendExpired(OrderId Target) : OrderMessage(Target);
