namespace PaymentEngine.Workflows.Verbs;

/// <summary>What moves money: a call to an institution, and a posting.</summary>
public static class MoneyVerbs
{
    /// <summary>The order goes to its institution as soon as the unit of work has committed.</summary>
    public static EventActivityBinder<Saga<InstitutionOrder>, TMessage> Dispatch<TMessage>(
        this EventActivityBinder<Saga<InstitutionOrder>, TMessage> binder)
        where TMessage : class =>
        binder.Then(c => c.Unit.Dispatches.Add(c.Order));

    /// <summary>The ledger posts in the same commit, or the commit is refused and everything is decided anew.</summary>
    public static EventActivityBinder<Saga<PaymentOrder>, TMessage> Post<TMessage>(
        this EventActivityBinder<Saga<PaymentOrder>, TMessage> binder, PostingKind kind)
        where TMessage : class =>
        binder.Then(c => c.Unit.PostingIntents.Add(new PostingIntent(kind, c.Order)));
}
