using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// One attempt to pay a trade. Success means posted (O12): when the ledger refuses, the payment waits in a state of
/// its own, visible, and tries again; the trade hears of it only when the money is booked.
/// </summary>
public sealed class PaymentMachine : OrderMachine<PaymentOrder>
{
    public static readonly TimeSpan PostingRetry = TimeSpan.FromSeconds(30);

    public State Processing { get; private set; } = null!;
    public State AwaitingPosting { get; private set; } = null!;
    public State Succeeded { get; private set; } = null!;
    public State Surplus { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<BeginPayment> BeginPayment { get; private set; } = null!;
    public Event<LegSucceeded> LegSucceeded { get; private set; } = null!;
    public Event<LegFailed> LegFailed { get; private set; } = null!;
    public Event<PostingDue> PostingDue { get; private set; } = null!;

    public PaymentMachine()
    {
        WhenLeave(AwaitingPosting, payment => payment.Cancel(TimerKind.Posting).TakeOffWorkList());

        Initially(
            When(BeginPayment)
                .Emit(c => new BeginInstruction(c.NewId(), c.Order.Id, Leg: 1, c.Message.Legs[0]))
                .TransitionTo(Processing));

        During(Processing,
            Settle(When(LegSucceeded)),
            When(LegFailed)
                .Then(c => c.Order.Failure = c.Message.Code)
                .Emit(c => new PaymentFailed(c.Order.TradeId, c.Order.Id, c.Message.Code))
                .TransitionTo(Failed),
            Ignore(PostingDue));

        During(AwaitingPosting,
            Settle(When(PostingDue)));

        During([Succeeded, Surplus, Failed],
            Ignore(PostingDue));
    }

    /// <summary>The payer's money is with us: book it, for the trade or on top of it.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> Settle<T>(EventActivityBinder<Saga<PaymentOrder>, T> paid)
        where T : class =>
        paid.IfElse(c => RefusalOf(c) is not null,
            refused => refused
                .Arm(TimerKind.Posting, c => c.Now + PostingRetry)
                .PutOnWorkList(c => $"posting refused: {RefusalOf(c)!.Reason}, account {RefusalOf(c)!.AccountId}")
                .TransitionTo(AwaitingPosting),
            possible => possible.IfElse(c => c.Trade.CanBePaidBy(c.Order),
                pays => pays
                    .Post(PostingKind.Payment)
                    .Emit(c => new PaymentSucceeded(c.Order.TradeId, c.Order.Id))
                    .TransitionTo(Succeeded),
                onTop => onTop
                    .Post(PostingKind.Surplus)
                    .OpenDifference("surplus", WhyOnTop)
                    .Emit(c => new PaymentCameOnTop(c.Order.TradeId, c.Order.Id))
                    .TransitionTo(Surplus)));

    /// <summary>What the ledger answered a moment ago, when it was about this payment.</summary>
    private static PostingRefusal? RefusalOf(BehaviorContext<Saga<PaymentOrder>> c) =>
        c.Unit.Refused is { } refusal && refusal.Order == c.Order.Id ? refusal : null;

    private static string WhyOnTop(BehaviorContext<Saga<PaymentOrder>> c) =>
        $"trade is {c.Trade.State} at revision {c.Trade.Revision}, payment is of revision {c.Order.Revision}";
}
