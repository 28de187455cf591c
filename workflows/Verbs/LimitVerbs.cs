namespace PaymentEngine.Workflows.Verbs;

/// <summary>What becomes of what an order took of the limits when it was routed (C4).</summary>
public static class LimitVerbs
{
    /// <summary>It will move no money, so what it took is free again, in the period of which it was taken.</summary>
    public static EventActivityBinder<Saga<InstitutionOrder>> ReturnLimits(this EventActivityBinder<Saga<InstitutionOrder>> binder) =>
        binder.Then(c =>
        {
            if (!c.Order.LimitCounters.IsEmpty)
            {
                c.Unit.LimitsReturned.Add(c.Order);
            }
        });

    /// <summary>It did move money. Whether that still fits is not asked: it has happened.</summary>
    public static EventActivityBinder<Saga<InstitutionOrder>, TMessage> TakeLimitsAgain<TMessage>(
        this EventActivityBinder<Saga<InstitutionOrder>, TMessage> binder)
        where TMessage : class =>
        binder.Then(c =>
        {
            if (!c.Order.LimitCounters.IsEmpty)
            {
                c.Unit.LimitsTakenAgain.Add(c.Order);
            }
        });
}
