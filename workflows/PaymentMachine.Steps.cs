using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>The steps of which the table of the lifecycle is made.</summary>
public sealed partial class PaymentMachine
{
    /// <summary>The money has moved: book it, for the trade, on top of it, or back out of suspense.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> Settle<T>(EventActivityBinder<Saga<PaymentOrder>, T> moved)
        where T : class =>
        moved.IfElse(c => RefusalOf(c) is not null,
            refused => refused
                .Arm(TimerKind.Posting, c => c.Now + RetryDecision.PostingPause(c.Now - c.Order.CreatedAt))
                .PutOnWorkList(WhyRefused)
                .If(c => c.Order.State == AwaitingPosting.Name, again => again.LeaveNoTrace())
                .TransitionTo(AwaitingPosting),
            possible => possible.IfElse(c => c.Order.IsRefund,
                refunded => BookRefund(refunded).TransitionTo(Succeeded),
                paid => paid.IfElse(c => c.Trade.CanBePaidBy(c.Order),
                    pays => pays
                        .Post(PostingKind.Payment)
                        .Emit(c => new PaymentSucceeded(c.Order.TradeId, c.Order.Id))
                        .TransitionTo(Succeeded),
                    onTop => onTop
                        .GiveBack(OrdersThatCarriedIt, WhyOnTop)
                        .Emit(c => new PaymentCameOnTop(c.Order.TradeId, c.Order.Id))
                        .TransitionTo(Surplus))));

    private static EventActivityBinder<Saga<PaymentOrder>, LegFailed> FailPayment(EventActivityBinder<Saga<PaymentOrder>, LegFailed> failed) =>
        failed
            .Notify(NotificationKind.PaymentFailed)
            .Emit(c => new PaymentFailed(c.Order.TradeId, c.Order.Id, c.Message.Code));

    /// <summary>The money stays in suspense and its difference stays open: only a person can find another way.</summary>
    private static EventActivityBinder<Saga<PaymentOrder>, LegFailed> GiveUpRefund(EventActivityBinder<Saga<PaymentOrder>, LegFailed> failed) =>
        failed
            .PutOnWorkList(c => $"surplus could not be given back: {c.Message.Code}")
            .Notify(NotificationKind.SurplusNotRefunded)
            .Emit(c => new SurplusNotRefunded(c.Order.TradeId, c.Order.Id, c.Message.Code));

    private static EventActivityBinder<Saga<PaymentOrder>, T> BookRefund<T>(EventActivityBinder<Saga<PaymentOrder>, T> refunded)
        where T : class =>
        refunded
            .Post(PostingKind.Refund)
            .SettleDifference(DifferenceKinds.Surplus, c => c.Order.RefundOf)
            .Notify(NotificationKind.SurplusRefunded)
            .Emit(c => new SurplusRefunded(c.Order.TradeId, c.Order.Id));

    /// <summary>
    /// A success after the end changes no state (C15). The ledger refuses it hardly ever; then a person has to book it,
    /// because a final state waits for nothing. The institution order stands on the work list, not the payment: the
    /// payment may have a row of its own, which goes when that posting gets through.
    /// </summary>
    private static EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> BookLateMoney(
        EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> late) =>
        late.IfElse(c => RefusalOf(c) is not null,
            refused => refused.Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Message.InstitutionOrder, WhyRefused(c)))),
            booked => booked
                .GiveBack(c => [c.Family.InstitutionOrder(c.Message.InstitutionOrder)], c => $"executed although the payment was {c.Order.State}")
                .Emit(c => new PaymentCameOnTop(c.Order.TradeId, c.Order.Id)));

    private static EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> BookLateRefund(
        EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> late) =>
        late.IfElse(c => RefusalOf(c) is not null,
            refused => refused.PutOnWorkList(WhyRefused),
            booked => BookRefund(booked).Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Order.Id, Reason: null))));

    /// <summary>An order that failed and moved money after all is given back when that becomes known; never twice (O4).</summary>
    private static IEnumerable<InstitutionOrder> OrdersThatCarriedIt<T>(BehaviorContext<Saga<PaymentOrder>, T> c)
        where T : class =>
        c.Family.ExecutedOrdersOf(c.Order).Where(order => order.State == InstitutionOrderStates.Succeeded);

    /// <summary>A refund goes back where the money came from, by the same method.</summary>
    private static PaymentLeg WayBack(BehaviorContext<Saga<PaymentOrder>> c)
    {
        var original = c.Family.InstitutionOrder(c.Order.RefundOf);
        return new PaymentLeg(c.Order.Method, original.PayerAccount, original.Amount, c.Family.Instruction(original.InstructionId).Elements);
    }

    /// <summary>What the ledger answered a moment ago, when it was about money of this payment.</summary>
    private static PostingRefusal? RefusalOf(BehaviorContext<Saga<PaymentOrder>> c) =>
        c.Unit.Refused is { } refusal && c.Family.IsOf(c.Order, refusal.Order) ? refusal : null;

    private static string WhyRefused<T>(BehaviorContext<Saga<PaymentOrder>, T> c)
        where T : class =>
        $"posting refused: {RefusalOf(c)!.Reason}, account {RefusalOf(c)!.AccountId}";

    private static string WhyOnTop<T>(BehaviorContext<Saga<PaymentOrder>, T> c)
        where T : class =>
        $"trade is {c.Trade.State} at revision {c.Trade.Revision}, payment is of revision {c.Order.Revision}";
}
