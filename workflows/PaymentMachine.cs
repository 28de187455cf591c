using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// One attempt to pay a trade, or the refund of money that came on top. Success means posted (O12): when the ledger
/// refuses, the payment waits in a state of its own, visible, and tries again; the trade hears of it only when the
/// money is booked.
/// </summary>
public sealed partial class PaymentMachine : OrderMachine<PaymentOrder>
{
    public State Processing { get; private set; } = null!;
    public State AwaitingPosting { get; private set; } = null!;
    public State Succeeded { get; private set; } = null!;
    public State Surplus { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<BeginPayment> BeginPayment { get; private set; } = null!;
    public Event<BeginRefund> BeginRefund { get; private set; } = null!;
    public Event<LegSucceeded> LegSucceeded { get; private set; } = null!;
    public Event<LegFailed> LegFailed { get; private set; } = null!;
    public Event<LegCameOnTop> LegCameOnTop { get; private set; } = null!;
    public Event<PostingDue> PostingDue { get; private set; } = null!;

    public PaymentMachine()
    {
        WhenLeave(AwaitingPosting, payment => payment.Cancel(TimerKind.Posting).TakeOffWorkList());

        Initially(
            When(BeginPayment)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, c.Message.Legs[0], c.Message.Route))
                .TransitionTo(Processing),
            When(BeginRefund)
                .Notify(NotificationKind.SurplusDetected)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, WayBack(c)))
                .TransitionTo(Processing));

        During(Processing,
            Settle(When(LegSucceeded)),
            When(LegFailed)
                .Then(c => c.Order.Failure = c.Message.Code)
                .IfElse(c => c.Order.IsRefund, GiveUpRefund, FailPayment)
                .TransitionTo(Failed),
            Ignore(PostingDue));

        During(AwaitingPosting,
            Settle(When(PostingDue)));

        // The money of an attempt that was over: whatever it was for, it is not needed any more, or it left us after all.
        During([Processing, AwaitingPosting, Succeeded, Surplus, Failed],
            When(LegCameOnTop).IfElse(c => c.Order.IsRefund, BookLateRefund, BookLateMoney));

        During([Succeeded, Surplus, Failed],
            Ignore(PostingDue));
    }
}
