namespace PaymentEngine.Workflows.Verbs;

/// <summary>What outcomes teach about channels (C6, C9, C10).</summary>
public static class ChannelVerbs
{
    public static EventActivityBinder<Saga<InstitutionOrder>, TMessage> Learn<TMessage>(
        this EventActivityBinder<Saga<InstitutionOrder>, TMessage> binder,
        Func<BehaviorContext<Saga<InstitutionOrder>, TMessage>, ChannelSigns> signs)
        where TMessage : class =>
        binder.Then(c => c.Unit.Learn(c.Order, signs(c)));
}
