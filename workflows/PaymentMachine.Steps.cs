using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>The steps of which the table of the lifecycle is made.</summary>
public sealed partial class PaymentMachine
{
    /// <summary>The money has moved: book it, for the trade, on top of it, or out of what it was waiting in.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> Settle<T>(EventActivityBinder<Saga<PaymentOrder>, T> moved)
        where T : class =>
        moved.IfElse(IsRefused,
            WaitForPosting,
            possible => possible.IfElse(c => c.Order.IsRefund,
                refunded => refunded.IfElse(IsOfMerchant, BookMerchantRefund, surplus => BookRefund(surplus).TransitionTo(Succeeded)),
                paid => paid.IfElse(c => c.Trade.CanBePaidBy(c.Order),
                    pays => pays
                        .Post(PostingKind.Payment)
                        .Emit(c => new PaymentSucceeded(c.Order.TradeId, c.Order.Id))
                        .TransitionTo(Succeeded),
                    onTop => onTop
                        .GiveBack(OrdersThatCarriedIt, WhyOnTop)
                        .Emit(c => new PaymentCameOnTop(c.Order.TradeId, c.Order.Id))
                        .TransitionTo(Surplus))));

    /// <summary>It is tried again, seen by people meanwhile, and told to nobody as done or as failed (O12).</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> WaitForPosting<T>(EventActivityBinder<Saga<PaymentOrder>, T> refused)
        where T : class =>
        refused
            .Arm(TimerKind.Posting, c => c.Now + RetryDecision.PostingPause(c.Now - c.Order.CreatedAt))
            .PutOnWorkList(WhyRefused)
            .If(c => c.Order.State == AwaitingPosting.Name, again => again.LeaveNoTrace())
            .TransitionTo(AwaitingPosting);

    /// <summary>The payer has it. A refund whose leg has failed stays failed, whatever the institution says later.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> BookMerchantRefund<T>(EventActivityBinder<Saga<PaymentOrder>, T> refunded)
        where T : class =>
        TellRefunded(refunded.Post(c => RefundWords.Of(c.Order).Paid))
            .IfElse(c => LegOf(c).Failure is null,
                well => well.TransitionTo(Succeeded),
                afterAll => afterAll.Then(c => c.Order.Failure = LegOf(c).Failure).TransitionTo(Failed));

    /// <summary>The payer will certainly not have it: the merchant has it back, and only then is told.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, T> Return<T>(EventActivityBinder<Saga<PaymentOrder>, T> failed)
        where T : class =>
        failed.IfElse(IsRefused,
            WaitForPosting,
            possible => possible
                .Then(c => c.Order.Failure = LegOf(c).Failure)
                .Post(c => RefundWords.Of(c.Order).Returned)
                .Notify(c => RefundWords.Of(c.Order).NotDone)
                .Emit(c => new RefundFailed(c.Order.TradeId, c.Order.Id, c.Order.Terms!.Kind, c.Order.Failure!))
                .TransitionTo(Failed));

    private static EventActivityBinder<Saga<PaymentOrder>, T> TellRefunded<T>(EventActivityBinder<Saga<PaymentOrder>, T> refunded)
        where T : class =>
        refunded
            .Notify(c => RefundWords.Of(c.Order).Done)
            .Emit(c => new RefundSucceeded(c.Order.TradeId, c.Order.Id, c.Order.Terms!.Kind));

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
        late.IfElse(IsRefused,
            refused => refused.Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Message.InstitutionOrder, WhyRefused(c)))),
            booked => booked
                .GiveBack(c => [c.Family.InstitutionOrder(c.Message.InstitutionOrder)], c => $"executed although the payment was {c.Order.State}")
                .Emit(c => new PaymentCameOnTop(c.Order.TradeId, c.Order.Id)));

    private EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> BookLateRefund(
        EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> late) =>
        late.IfElse(IsRefused,
            refused => refused.PutOnWorkList(WhyRefused),
            booked => booked
                .IfElse(IsOfMerchant, BookAfterAll, BookRefund)
                .Then(c => c.Unit.WorkItems.Add(new WorkItemChange(c.Order.Id, Reason: null))));

    /// <summary>What has not been returned to the merchant yet need not be; what has been is taken from him again.</summary>
    private EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> BookAfterAll(
        EventActivityBinder<Saga<PaymentOrder>, LegCameOnTop> late) =>
        late.IfElse(c => c.Order.State == AwaitingPosting.Name,
            BookMerchantRefund,
            returned => TellRefunded(returned.Post(PostingKind.RefundAfterAll)));

    /// <summary>An order that failed and moved money after all is given back when that becomes known; never twice (O4).</summary>
    private static IEnumerable<InstitutionOrder> OrdersThatCarriedIt<T>(BehaviorContext<Saga<PaymentOrder>, T> c)
        where T : class =>
        c.Family.ExecutedOrdersOf(c.Order).Where(order => order.State == InstitutionOrderStates.Succeeded);

    /// <summary>A refund goes back where the money came from, by the same method.</summary>
    private static PaymentLeg WayBack(BehaviorContext<Saga<PaymentOrder>> c)
    {
        var original = c.Family.InstitutionOrder(c.Order.RefundOf);
        return new PaymentLeg(c.Order.Method, original.PayerAccount, c.Order.Amount, c.Family.Instruction(original.InstructionId).Elements);
    }

    private static bool IsOfMerchant(BehaviorContext<Saga<PaymentOrder>> c) => c.Order.Terms is not null;

    private static PaymentInstruction LegOf(BehaviorContext<Saga<PaymentOrder>> c) =>
        c.Family.Instructions.Find(leg => leg.PaymentId == c.Order.Id)!;

    /// <summary>A refund of the merchant's whose leg has failed, and whose money has not left us after all since then.</summary>
    private static bool HasToBeReturned(BehaviorContext<Saga<PaymentOrder>> c) =>
        IsOfMerchant(c) && LegOf(c).State == InstructionStates.Failed && !c.Family.ExecutedOrdersOf(c.Order).Any();

    private static bool IsRefused(BehaviorContext<Saga<PaymentOrder>> c) => RefusalOf(c) is not null;

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
