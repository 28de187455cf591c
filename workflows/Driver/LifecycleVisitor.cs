using MassTransit.SagaStateMachine;

namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// Finds where each event can lead from each state, by the walk on which MassTransit's own <c>GetGraph()</c> rests.
/// That graph has one vertex per event for all states together, so it cannot say which state an arrow out of an event
/// belongs to, nor that an event may leave the state as it is; this can.
/// </summary>
internal sealed class LifecycleVisitor<TOrder> : StateMachineVisitor
    where TOrder : Order
{
    private readonly Dictionary<(string State, string Event), IReadOnlyList<string>> _targets = [];

    private readonly Dictionary<IStateMachineActivity, (IReadOnlyList<string> Before, IReadOnlyList<string> After)> _branches = [];

    private (string State, string Event) _at;

    /// <summary>Where the order can be after the activities that were visited so far for this state and event.</summary>
    private IReadOnlyList<string> Reached
    {
        get => _targets[_at];
        set => _targets[_at] = value;
    }

    /// <summary>Null when the state has no behaviour for the event.</summary>
    public IReadOnlyList<string>? TargetsOf(State state, Event @event) => _targets.GetValueOrDefault((state.Name, @event.Name));

    public void Visit(State state, Action<State> next)
    {
        _at = (state.Name, "");
        next(state);
    }

    public void Visit(Event @event, Action<Event> next)
    {
        Begin(@event);
        next(@event);
    }

    public void Visit<TMessage>(Event<TMessage> @event, Action<Event<TMessage>> next)
        where TMessage : class
    {
        Begin(@event);
        next(@event);
    }

    public void Visit(IStateMachineActivity activity)
    {
        if (activity is TransitionActivity<Saga<TOrder>> transition)
        {
            Reached = [transition.ToState.Name];
        }
    }

    /// <summary>An activity with others inside. A condition comes twice: with its "then", and with its "else".</summary>
    public void Visit(IStateMachineActivity activity, Action<IStateMachineActivity> next)
    {
        if (!IsCondition(activity))
        {
            next(activity);
            return;
        }

        if (_branches.Remove(activity, out var then))
        {
            next(activity);
            Reached = [.. then.After.Union(Reached)];
            return;
        }

        var before = Reached;
        next(activity);
        _branches.Add(activity, (before, Reached));
        Reached = before;
    }

    public void Visit<T>(IBehavior<T> behavior)
        where T : class, SagaStateMachineInstance
    {
    }

    public void Visit<T>(IBehavior<T> behavior, Action<IBehavior<T>> next)
        where T : class, SagaStateMachineInstance => next(behavior);

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior)
        where T : class, SagaStateMachineInstance
        where TMessage : class
    {
    }

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior, Action<IBehavior<T, TMessage>> next)
        where T : class, SagaStateMachineInstance
        where TMessage : class => next(behavior);

    private static bool IsCondition(IStateMachineActivity activity) =>
        activity.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(ConditionActivity<>)
            || type.GetGenericTypeDefinition() == typeof(ConditionActivity<,>));

    private void Begin(Event @event)
    {
        _at = (_at.State, @event.Name);
        Reached = [_at.State];
    }
}
