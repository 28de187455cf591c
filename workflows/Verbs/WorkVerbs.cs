namespace PaymentEngine.Workflows.Verbs;

/// <summary>What people have to look at.</summary>
public static class WorkVerbs
{
    extension<TOrder, TMessage>(EventActivityBinder<Saga<TOrder>, TMessage> binder)
        where TOrder : Order
        where TMessage : class
    {
        public EventActivityBinder<Saga<TOrder>, TMessage> PutOnWorkList(
            Func<BehaviorContext<Saga<TOrder>, TMessage>, string> reason) =>
            binder.Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Order.Id, reason(c))));

        /// <summary>Two sides disagree; the difference stays open until somebody or a later rule settles it.</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> OpenDifference(
            string kind, Func<BehaviorContext<Saga<TOrder>, TMessage>, string> detail) =>
            binder.Then(c => c.Unit.Differences.Add(new Difference(c.Order.Id, kind, detail(c))));

        /// <summary>What the two sides disagreed about is settled.</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> SettleDifference(
            string kind, Func<BehaviorContext<Saga<TOrder>, TMessage>, OrderId> order) =>
            binder.Then(c => c.Unit.Differences.Add(new Difference(order(c), kind, Detail: null)));

        /// <summary>The merchant is told, signed and until he acknowledges (N1).</summary>
        public EventActivityBinder<Saga<TOrder>, TMessage> Notify(NotificationKind kind) => binder.Notify(_ => kind);

        public EventActivityBinder<Saga<TOrder>, TMessage> Notify(Func<BehaviorContext<Saga<TOrder>, TMessage>, NotificationKind> kind) =>
            binder.Then(c => c.Unit.Notifications.Add(new NotificationIntent(kind(c), c.Order)));
    }

    extension<TOrder>(EventActivityBinder<Saga<TOrder>> binder)
        where TOrder : Order
    {
        public EventActivityBinder<Saga<TOrder>> Notify(NotificationKind kind) =>
            binder.Then(c => c.Unit.Notifications.Add(new NotificationIntent(kind, c.Order)));

        public EventActivityBinder<Saga<TOrder>> TakeOffWorkList() =>
            binder.Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Order.Id, Reason: null)));
    }
}
