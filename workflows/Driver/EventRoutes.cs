using System.Reflection;

namespace PaymentEngine.Workflows.Driver;

/// <summary>The routes of a machine: one per event it declares.</summary>
internal static class EventRoutes
{
    private static readonly MethodInfo Create =
        typeof(EventRoutes).GetMethod(nameof(RouteOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The only reflection of the driver, once at the start.</summary>
    public static IEnumerable<EventRoute> Of<TOrder>(OrderMachine<TOrder> machine)
        where TOrder : Order =>
        machine.Events.Select(@event => (EventRoute)Create
            .MakeGenericMethod(typeof(TOrder), MessageTypeOf(@event))
            .Invoke(null, [machine, @event])!);

    private static Type MessageTypeOf(Event @event) => @event.GetType().GetInterfaces()
        .Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Event<>))
        .GenericTypeArguments[0];

    private static EventRoute<TOrder, TMessage> RouteOf<TOrder, TMessage>(OrderMachine<TOrder> machine, Event<TMessage> @event)
        where TOrder : Order
        where TMessage : OrderMessage => new(machine, @event);
}
