namespace PaymentEngine.Workflows.Verbs;

/// <summary>Timers commit with the order they guard.</summary>
public static class TimerVerbs
{
    extension<TOrder, TMessage>(EventActivityBinder<Saga<TOrder>, TMessage> binder)
        where TOrder : Order
        where TMessage : class
    {
        public EventActivityBinder<Saga<TOrder>, TMessage> Arm(
            TimerKind kind, Func<BehaviorContext<Saga<TOrder>, TMessage>, DateTimeOffset> dueAt) =>
            binder.Then(c => c.Unit.Arm(c.Order, kind, dueAt(c)));
    }

    extension<TOrder>(EventActivityBinder<Saga<TOrder>> binder)
        where TOrder : Order
    {
        public EventActivityBinder<Saga<TOrder>> Arm(TimerKind kind, Func<BehaviorContext<Saga<TOrder>>, DateTimeOffset> dueAt) =>
            binder.Then(c => c.Unit.Arm(c.Order, kind, dueAt(c)));

        public EventActivityBinder<Saga<TOrder>> Cancel(TimerKind kind) => binder.Then(c => c.Unit.Cancel(c.Order, kind));
    }
}
