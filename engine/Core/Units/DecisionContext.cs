using PaymentEngine.Core.Directory;

namespace PaymentEngine.Core.Units;

/// <summary>Everything a decision may look at besides the orders themselves. Clock and numbers come in from outside.</summary>
public sealed record DecisionContext(
    DateTimeOffset Now,
    EngineDirectory Directory,
    IOrderNumbers Numbers,
    IChannelChoice Choice,
    IRouteHooks Hooks,
    int NodeId,
    string Actor,
    string RequestSerial)
{
    /// <summary>The channel applications of the process that decides.</summary>
    public ApplicationSet Applications { get; init; } = ApplicationSet.EngineOnly;
}

/// <summary>Hands out identities; never the same one twice, on any node, for good.</summary>
public interface IOrderNumbers
{
    /// <summary>Children of a trade live in their trade's day, so that a family is stored and detached together.</summary>
    OrderId NextId(DateOnly day);

    /// <summary>The business day of a moment.</summary>
    DateOnly DayOf(DateTimeOffset moment);

    string NextInstitutionNumber(ChannelSettings channel, DateTimeOffset now);
}
