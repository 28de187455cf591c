using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// One attempt to pay a trade, or a refund: of money that came on top, or of what the merchant gives back. Success means posted (O12): when the ledger
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
    public Event<BeginMerchantRefund> BeginMerchantRefund { get; private set; } = null!;
    public Event<LegSucceeded> LegSucceeded { get; private set; } = null!;
    public Event<LegFailed> LegFailed { get; private set; } = null!;
    public Event<LegCameOnTop> LegCameOnTop { get; private set; } = null!;
    public Event<PostingDue> PostingDue { get; private set; } = null!;

    public PaymentMachine()
    {
        WhenLeave(AwaitingPosting, payment => payment.Cancel(TimerKind.Posting).TakeOffWorkList());
        foreach (var final in new[] { Succeeded, Failed })
        {
            WhenEnter(final, payment => payment.If(c => c.Order.Terms is not null, refund => refund.Then(c => c.Order.EndedAt = c.Now)));
        }

        Initially(
            When(BeginPayment)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, c.Message.Legs[0], c.Message.Route))
                .TransitionTo(Processing),
            When(BeginRefund)
                .Notify(NotificationKind.SurplusDetected)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, WayBack(c)))
                .TransitionTo(Processing),
            When(BeginMerchantRefund)
                .Post(c => RefundWords.Of(c.Order).Taken, c => c.Message.OnlyOn)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, WayBack(c)))
                .TransitionTo(Processing));

        During(Processing,
            Settle(When(LegSucceeded)),
            When(LegFailed).IfElse(IsOfMerchant,
                Return,
                failed => failed
                    .Then(c => c.Order.Failure = c.Message.Code)
                    .IfElse(c => c.Order.IsRefund, GiveUpRefund, FailPayment)
                    .TransitionTo(Failed)),
            Ignore(PostingDue));

        During(AwaitingPosting,
            When(PostingDue).IfElse(HasToBeReturned, Return, moved => Settle(moved)));

        // The money of an attempt that was over: whatever it was for, it is not needed any more, or it left us after all.
        During([Processing, AwaitingPosting, Succeeded, Surplus, Failed],
            When(LegCameOnTop).IfElse(c => c.Order.IsRefund, BookLateRefund, BookLateMoney));

        During([Succeeded, Surplus, Failed],
            Ignore(PostingDue));
    }
}
