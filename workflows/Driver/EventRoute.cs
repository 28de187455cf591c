using System.Collections.Frozen;
using System.Runtime.ExceptionServices;

namespace PaymentEngine.Workflows.Driver;

/// <summary>The way of one type of message to the order it is for and into that order's machine.</summary>
internal abstract class EventRoute
{
    public abstract Type MessageType { get; }

    public abstract void Deliver(UnitOfWork unit, OrderMessage message);
}

internal sealed class EventRoute<TOrder, TMessage>(OrderMachine<TOrder> machine, Event<TMessage> @event) : EventRoute
    where TOrder : Order
    where TMessage : OrderMessage
{
    private readonly StateMachine<Saga<TOrder>> _machine = machine;

    private readonly FrozenDictionary<string, Handling> _handlingIn = Lifecycle.Of(machine).HandlingOf(@event);

    public override Type MessageType => typeof(TMessage);

    public override void Deliver(UnitOfWork unit, OrderMessage message)
    {
        var order = message is ICreates<TOrder> creation ? creation.Create(unit) : Find(unit, message);
        var from = order.State;
        if (!_handlingIn.TryGetValue(from, out var handling))
        {
            throw UnlistedEventException.NotIn(order, typeof(TMessage).Name);
        }

        if (handling == Handling.Ignored)
        {
            return;
        }

        if (order.Change == OrderChange.None)
        {
            order.Change = from == Order.Initial ? OrderChange.New : OrderChange.Changed;
        }

        var saga = new Saga<TOrder>(order, unit);
        Raise(saga, (TMessage)message);
        if (!saga.LeavesNoTrace)
        {
            unit.Transitions.Add(new Transition(order.Level, order.Id, typeof(TMessage).Name, from, order.State, Noted(message.Reason, saga.Note)));
        }
    }

    private static string? Noted(string? reason, string? note) => note is null ? reason : $"{reason} ({note})";

    private static TOrder Find(UnitOfWork unit, OrderMessage message) =>
        unit.Family.Find(message.Target) as TOrder ?? throw UnlistedEventException.Missing(typeof(TOrder).Name, message);

    private void Raise(Saga<TOrder> saga, TMessage message)
    {
        var task = _machine.RaiseEvent(new EventContext<Saga<TOrder>, TMessage>(_machine, @event, saga, message));
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException($"{typeof(TMessage).Name} waits for something; a lifecycle only decides");
        }

        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (EventExecutionException wrapped)
        {
            ExceptionDispatchInfo.Throw(CauseOf(wrapped));
        }
    }

    /// <summary>MassTransit wraps an exception once for every activity it passes; the caller wants the first one.</summary>
    private static Exception CauseOf(Exception exception)
    {
        while (exception is EventExecutionException { InnerException: { } inner })
        {
            exception = inner;
        }

        return exception;
    }
}
