using System.Collections.Frozen;

namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// Runs the four lifecycles inside a unit of work: delivers a message and everything that the orders tell each other
/// because of it, until nobody has anything left to say. Stateless, so one serves all threads.
/// </summary>
public sealed class OrderDriver
{
    private readonly FrozenDictionary<Type, EventRoute> _routes;

    public OrderDriver() => _routes =
        EventRoutes.Of(new TradeMachine())
            .Concat(EventRoutes.Of(new PaymentMachine()))
            .Concat(EventRoutes.Of(new InstructionMachine()))
            .Concat(EventRoutes.Of(new InstitutionOrderMachine()))
            .ToFrozenDictionary(route => route.MessageType);

    /// <summary>Either everything was decided, or it throws and the unit of work must be thrown away.</summary>
    public void Run(UnitOfWork unit, OrderMessage first)
    {
        OrderMessage? message = first;
        do
        {
            if (!_routes.TryGetValue(message.GetType(), out var route))
            {
                throw new UnlistedEventException($"no lifecycle knows the event {message.GetType().Name}");
            }

            route.Deliver(unit, message);
        }
        while (unit.TryNextMessage(out message));
    }
}
