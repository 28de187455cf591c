using PaymentEngine.Workflows.Messages;

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
        binder.Post(_ => kind);

    /// <param name="onlyOn">The ledger day on which it is right; on another one everything is decided anew.</param>
    public static EventActivityBinder<Saga<PaymentOrder>, TMessage> Post<TMessage>(
        this EventActivityBinder<Saga<PaymentOrder>, TMessage> binder,
        Func<BehaviorContext<Saga<PaymentOrder>, TMessage>, PostingKind> kind,
        Func<BehaviorContext<Saga<PaymentOrder>, TMessage>, DateOnly?>? onlyOn = null)
        where TMessage : class =>
        binder.Then(c => c.Unit.PostingIntents.Add(new PostingIntent(kind(c), c.Order, onlyOn?.Invoke(c))));

    /// <summary>The money of an institution order came on top: it is booked to suspense and starts on its way back (O4).</summary>
    public static EventActivityBinder<Saga<PaymentOrder>, TMessage> GiveBack<TMessage>(
        this EventActivityBinder<Saga<PaymentOrder>, TMessage> binder,
        Func<BehaviorContext<Saga<PaymentOrder>, TMessage>, IEnumerable<InstitutionOrder>> orders,
        Func<BehaviorContext<Saga<PaymentOrder>, TMessage>, string> why)
        where TMessage : class =>
        binder.Then(c =>
        {
            foreach (var order in orders(c))
            {
                c.Unit.PostingIntents.Add(new PostingIntent(PostingKind.Surplus, order));
                c.Unit.Differences.Add(new Difference(order.Id, DifferenceKinds.Surplus, why(c)));
                c.Unit.Emit(new BeginRefund(c.NewId(), order.Id));
            }
        });
}
