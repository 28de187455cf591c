namespace PaymentEngine.Workflows.Verbs;

/// <summary>What an order says to other orders, and to nobody.</summary>
public static class MessageVerbs
{
    extension<TOrder, TMessage>(EventActivityBinder<Saga<TOrder>, TMessage> binder)
        where TOrder : Order
        where TMessage : class
    {
        /// <summary>Tells another order of the trade, in the same unit of work, after this event is done.</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> Emit(
            Func<BehaviorContext<Saga<TOrder>, TMessage>, OrderMessage> message) =>
            binder.Then(c => c.Unit.Emit(message(c)));

        /// <summary>Nothing has changed, and the same is tried again and again: a row each time would bury the history.</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> LeaveNoTrace() => binder.Then(static c => c.Saga.LeavesNoTrace = true);

        /// <summary>The event is history and changes nothing. Without a verb MassTransit would take it as not listed.</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> Record() => binder.Then(static _ => { });
    }
}
