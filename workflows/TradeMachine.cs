using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// What the merchant wants done. It waits for a payment until it expires, is paid by the first payment that succeeds
/// at its latest facts (O2, O3), and closes only when nothing is in flight any more.
/// </summary>
public sealed class TradeMachine : OrderMachine<TradeOrder>
{
    public State AwaitingPayment { get; private set; } = null!;
    public State Paying { get; private set; } = null!;
    public State Paid { get; private set; } = null!;
    public State Closing { get; private set; } = null!;
    public State Closed { get; private set; } = null!;

    public Event<OpenTrade> OpenTrade { get; private set; } = null!;
    public Event<StartPayment> StartPayment { get; private set; } = null!;
    public Event<RerouteByHand> RerouteByHand { get; private set; } = null!;
    public Event<ReviseTrade> ReviseTrade { get; private set; } = null!;
    public Event<PaymentSucceeded> PaymentSucceeded { get; private set; } = null!;
    public Event<PaymentFailed> PaymentFailed { get; private set; } = null!;
    public Event<PaymentCameOnTop> PaymentCameOnTop { get; private set; } = null!;
    public Event<SurplusRefunded> SurplusRefunded { get; private set; } = null!;
    public Event<SurplusNotRefunded> SurplusNotRefunded { get; private set; } = null!;
    public Event<RefundTrade> RefundTrade { get; private set; } = null!;
    public Event<RefundSucceeded> RefundSucceeded { get; private set; } = null!;
    public Event<RefundFailed> RefundFailed { get; private set; } = null!;
    public Event<CloseTrade> CloseTrade { get; private set; } = null!;
    public Event<TradeExpired> TradeExpired { get; private set; } = null!;

    public TradeMachine()
    {
        WhenEnter(AwaitingPayment, trade => trade.Arm(TimerKind.Expiry, c => c.Order.ExpiresAt));
        WhenLeave(AwaitingPayment, trade => trade.Cancel(TimerKind.Expiry));

        WhenEnter(Paid, trade => trade.Notify(NotificationKind.TradePaid));
        WhenEnter(Closed, trade => trade.Notify(NotificationKind.TradeClosed));

        Initially(
            When(OpenTrade).TransitionTo(AwaitingPayment));

        // What becomes of surplus money is history of the trade and changes nothing else of it.
        During([AwaitingPayment, Paying, Paid, Closing, Closed],
            When(SurplusRefunded).Record(),
            When(SurplusNotRefunded).Record());

        During(AwaitingPayment,
            Begin(When(StartPayment)),
            BeginElsewhere(When(RerouteByHand)),
            Revise(When(ReviseTrade)),
            When(CloseTrade).TransitionTo(Closed),
            When(TradeExpired).IfElse(c => c.Order.HasExpired(c.Now),
                expired => expired.TransitionTo(Closed),
                early => early.Arm(TimerKind.Expiry, c => c.Order.ExpiresAt)),
            When(PaymentCameOnTop).Record());

        During(Paying,
            Begin(When(StartPayment)),
            Revise(When(ReviseTrade)),
            Pay(When(PaymentSucceeded)),
            WaitAgain(When(PaymentFailed)),
            WaitAgain(When(PaymentCameOnTop)),
            GiveUpWhatWaits(When(CloseTrade)).TransitionTo(Closing),
            Ignore(TradeExpired));

        During(Closing,
            Pay(When(PaymentSucceeded)),
            CloseWhenQuiet(When(PaymentFailed)),
            CloseWhenQuiet(When(PaymentCameOnTop)),
            Ignore(CloseTrade),
            Ignore(TradeExpired));

        During(Paid,
            When(RefundTrade).Emit(c => new BeginMerchantRefund(
                c.NewId(), c.Message.InstitutionOrder, c.Message.Amount, c.Message.Terms, c.Message.OnlyOn)),
            When(RefundSucceeded).Record(),
            When(RefundFailed).Record(),
            When(PaymentCameOnTop).Record(),
            Ignore(PaymentFailed),
            Ignore(TradeExpired));

        // Closing gives up all that waits at once: the last of those attempts to tell of it finds the trade closed.
        During(Closed,
            When(PaymentCameOnTop).Record(),
            Ignore(PaymentFailed),
            Ignore(CloseTrade),
            Ignore(TradeExpired));
    }

    private EventActivityBinder<Saga<TradeOrder>, StartPayment> Begin(EventActivityBinder<Saga<TradeOrder>, StartPayment> started) =>
        started
            .Emit(c => new BeginPayment(
                c.NewId(), c.Message.Kind, [new PaymentLeg(c.Message.Method, c.Message.PayerAccount, c.Order.Amount, c.Message.Elements ?? PaymentElements.None)]))
            .TransitionTo(Paying);

    /// <summary>The same leg as the one that failed, on the channel that was chosen for it.</summary>
    private EventActivityBinder<Saga<TradeOrder>, RerouteByHand> BeginElsewhere(EventActivityBinder<Saga<TradeOrder>, RerouteByHand> agreed) =>
        agreed
            .Emit(c =>
            {
                var leg = c.Family.Instruction(c.Family.InstitutionOrder(c.Message.Route.Reroute.Of).InstructionId);
                return new BeginPayment(
                    c.NewId(), PaymentKind.Payment, [new PaymentLeg(leg.Method, leg.PayerAccount, leg.Amount, leg.Elements)], c.Message.Route);
            })
            .TransitionTo(Paying);

    private static EventActivityBinder<Saga<TradeOrder>, ReviseTrade> Revise(EventActivityBinder<Saga<TradeOrder>, ReviseTrade> revised) =>
        revised.Then(c =>
        {
            c.Order.Amount = c.Message.Amount;
            c.Order.Payer = c.Message.Payer;
            c.Order.Payee = c.Message.Payee;
            c.Order.Revision++;
        });

    private EventActivityBinder<Saga<TradeOrder>, PaymentSucceeded> Pay(EventActivityBinder<Saga<TradeOrder>, PaymentSucceeded> succeeded) =>
        succeeded
            .Then(c =>
            {
                c.Order.PaidBy = c.Message.Payment;
                c.Order.PaidAt = c.Now;
            })
            .TransitionTo(Paid);

    /// <summary>What has not been sent need not be: nothing of it left the building, so it fails for certain and at once.</summary>
    private static EventActivityBinder<Saga<TradeOrder>, CloseTrade> GiveUpWhatWaits(EventActivityBinder<Saga<TradeOrder>, CloseTrade> closed) =>
        closed.Then(c =>
        {
            foreach (var order in c.Family.InstitutionOrders)
            {
                if (order.State == InstitutionOrderStates.Ready && !c.Family.PaymentOf(order).IsRefund)
                {
                    c.Unit.Emit(new SendExpired(order.Id));
                }
            }
        });

    /// <summary>An attempt ended without paying the trade; another one may still be under way.</summary>
    private EventActivityBinder<Saga<TradeOrder>, T> WaitAgain<T>(EventActivityBinder<Saga<TradeOrder>, T> ended)
        where T : class =>
        ended.If(c => !c.Family.HasPaymentInFlight, quiet => quiet
            .IfElse(c => c.Order.HasExpired(c.Now),
                expired => expired.TransitionTo(Closed),
                valid => valid.TransitionTo(AwaitingPayment)));

    private EventActivityBinder<Saga<TradeOrder>, T> CloseWhenQuiet<T>(EventActivityBinder<Saga<TradeOrder>, T> ended)
        where T : class =>
        ended.If(c => !c.Family.HasPaymentInFlight, quiet => quiet.TransitionTo(Closed));
}
