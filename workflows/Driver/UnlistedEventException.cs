namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// An event reached an order that is not there, or a state that lists it neither as handled nor as ignored. Nobody
/// thought of it, so nothing may be decided: the unit of work is thrown away and a person reads this.
/// </summary>
public sealed class UnlistedEventException(string message) : InvalidOperationException(message)
{
    internal static UnlistedEventException Missing(string level, OrderMessage message) =>
        new($"{message.GetType().Name} for {level} {message.Target}, which is not part of this trade");

    internal static UnlistedEventException NotIn(Order order, string @event) =>
        new($"{@event} is not listed in state {order.State} of {order.Level} {order.Id}");
}
