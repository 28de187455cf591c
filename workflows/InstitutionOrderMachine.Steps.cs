using PaymentEngine.Core.Directory;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>The steps of which the table of the lifecycle is made.</summary>
public sealed partial class InstitutionOrderMachine
{
    public const string NotSent = "not_sent";

    /// <summary>Claims the order for this node before the wire: from now on only the institution knows what happened.</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> Send<T>(EventActivityBinder<Saga<InstitutionOrder>, T> ready)
        where T : class =>
        ready
            .Then(c =>
            {
                c.Order.ClaimedBy = c.Unit.Context.NodeId;
                c.Order.SendBy = c.Now + ChannelOf(c).SendWindow;
                c.Order.Sends++;
            })
            .Dispatch()
            .Arm(TimerKind.Query, c => QueryRounds.AfterSend(c.Order, PlanOf(c), c.Now))
            .TransitionTo(Sending);

    /// <summary>Sent from here, or by the channel application that has the line to the institution (C16).</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> SendOrHandOver<T>(EventActivityBinder<Saga<InstitutionOrder>, T> wanted)
        where T : class =>
        wanted.IfElse(IsCalledFromHere, Send, elsewhere => Wait(elsewhere.Dispatch(), HandOverPatience));

    /// <summary>Money that goes back waits for the end of its channel's maintenance (C3); it is looked at again in between, as operations may end it.</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> Hold<T>(EventActivityBinder<Saga<InstitutionOrder>, T> early)
        where T : class =>
        Wait(
            early
                .If(c => c.Order.State == Ready.Name, again => again.LeaveNoTrace())
                .Then(c => c.Saga.Note = $"held until {HoldOf(c)!.Value.Until:yyyy-MM-dd HH:mm:ss zzz}: {HoldOf(c)!.Value.Reason}"),
            c => RetryDecision.HoldPause(HoldOf(c)!.Value, c.Now));

    private static bool IsHeld(BehaviorContext<Saga<InstitutionOrder>> c) => HoldOf(c) is not null;

    private static Hold? HoldOf(BehaviorContext<Saga<InstitutionOrder>> c) => c.Family.PaymentOf(c.Order).IsRefund
        ? c.Unit.Context.Choice.HoldOf(new Core.Units.HoldRequest(c.Family, c.Order, c.Directory, c.Now))
        : null;

    /// <summary>Nothing left the building: the claim is given back and any process that has the line may send, a little later.</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> Release<T>(EventActivityBinder<Saga<InstitutionOrder>, T> claimed)
        where T : class =>
        Wait(
            claimed.Then(c =>
            {
                c.Order.ClaimedBy = 0;
                c.Order.SendBy = null;
            }),
            c => RetryDecision.BackOff(c.Order.Sends));

    /// <summary>Whoever has the line may be away for good, so the engine itself sees to the end of an order that waits for others.</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> Wait<T>(
        EventActivityBinder<Saga<InstitutionOrder>, T> unclaimed, Func<BehaviorContext<Saga<InstitutionOrder>>, TimeSpan> time)
        where T : class =>
        unclaimed
            .Arm(TimerKind.Dispatch, c => c.Now + time(c))
            .If(c => ChannelOf(c).IsApart, apart => apart.Arm(TimerKind.Expiry, WantedUntil))
            .TransitionTo(Ready);

    private EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> Succeed(
        EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> told, State otherwise) =>
        told.IfElse(IsTheOrderedAmount,
            executed => Execute(executed.Learn(c => ChannelEvidence.OfSuccess(c.Order.State)))
                .Emit(c => new PartSucceeded(c.Order.InstructionId, c.Order.Id))
                .TransitionTo(Succeeded),
            differs => Ask(
                differs.Then(Arrived).OpenDifference(DifferenceKinds.AmountDiffers, c =>
                    $"ordered {c.Order.Amount} {c.Order.Amount.Currency}, executed {c.Message.Amount} {c.Message.Amount.Currency}"),
                otherwise));

    private static EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> Execute(
        EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> executed) =>
        executed
            .Then(c =>
            {
                c.Order.Executed = true;
                c.Order.InstitutionRef = c.Message.InstitutionRef;
                c.Order.Code = c.Message.Code;
            });

    /// <summary>The leg was given up or went elsewhere when this order failed; its money comes on top.</summary>
    private static EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> ExecuteAfterAll(
        EventActivityBinder<Saga<InstitutionOrder>, InstitutionSucceeded> late) =>
        Execute(late).TakeLimitsAgain().Learn(_ => ChannelSigns.Carried).Emit(c => new PartCameOnTop(c.Order.InstructionId, c.Order.Id));

    private static bool IsTheOrderedAmount(BehaviorContext<Saga<InstitutionOrder>, InstitutionSucceeded> c) =>
        c.Message.Amount == c.Order.Amount;

    private EventActivityBinder<Saga<InstitutionOrder>, InstitutionFailed> Refused() =>
        When(InstitutionFailed).Learn(c => ChannelEvidence.OfFailure(c.Order.State, c.Message));

    private EventActivityBinder<Saga<InstitutionOrder>, T> Fail<T>(
        EventActivityBinder<Saga<InstitutionOrder>, T> told,
        Func<BehaviorContext<Saga<InstitutionOrder>, T>, string> code,
        Func<BehaviorContext<Saga<InstitutionOrder>, T>, Evidence?> evidence)
        where T : class =>
        told
            .Then(c => c.Order.Code = code(c))
            .Emit(c => new PartFailed(c.Order.InstructionId, c.Order.Id, code(c), evidence(c)))
            .TransitionTo(Failed);

    /// <summary>What a payer lacks he lacks on every channel; only a failure of the channel itself speaks for another one.</summary>
    private static Evidence? RefusedByTheChannel(BehaviorContext<Saga<InstitutionOrder>, InstitutionFailed> c) => c.Message switch
    {
        { OfTheChannel: false } => null,
        { Closed: true } => new Evidence(
            EvidenceKind.ClosedAtInstitution, $"channel {c.Order.ChannelId} has closed {c.Order.InstitutionNumber}: {c.Message.Reason}"),
        _ => new Evidence(
            EvidenceKind.CertainFailure, $"channel {c.Order.ChannelId} refused {c.Order.InstitutionNumber} for certain: {c.Message.Reason}"),
    };

    private static Evidence NothingLeftTheBuilding<T>(BehaviorContext<Saga<InstitutionOrder>, T> c)
        where T : class =>
        new(EvidenceKind.NotSent, $"nothing of {c.Order.InstitutionNumber} was ever sent to channel {c.Order.ChannelId}");

    /// <summary>No result yet: ask in the next round, or when there is none let a person look. Never a failure (C12).</summary>
    private EventActivityBinder<Saga<InstitutionOrder>, T> Ask<T>(EventActivityBinder<Saga<InstitutionOrder>, T> open, State waiting)
        where T : InstitutionNews =>
        open
            .Then(c => c.Order.Queries = QueryRounds.Over(c.Order, PlanOf(c), c.Message.FromQuery, c.Now))
            .IfElse(c => NextQuestion(c) is not null,
                again => again.Arm(TimerKind.Query, c => NextQuestion(c)!.Value).TransitionTo(waiting),
                over => over
                    .PutOnWorkList(c => $"no result after {c.Order.Queries} rounds of queries: {c.Message.GetType().Name} {c.Message.Reason}")
                    .TransitionTo(OnWorkList));

    private EventActivityBinder<Saga<InstitutionOrder>, InstitutionDoesNotKnow> ResendOrAsk(
        EventActivityBinder<Saga<InstitutionOrder>, InstitutionDoesNotKnow> told, State waiting) =>
        told.IfElse(MayResend,
            resend => Send(resend.Then(Arrived)),
            wait => Ask(wait, waiting));

    private static EventActivityBinder<Saga<InstitutionOrder>, InstitutionAccepted> Note(
        EventActivityBinder<Saga<InstitutionOrder>, InstitutionAccepted> told) =>
        told.Then(Arrived).Then(c =>
        {
            c.Order.InstitutionRef = c.Message.InstitutionRef ?? c.Order.InstitutionRef;
            c.Order.Code = c.Message.Code;
        });

    /// <summary>A question without an answer says nothing about the send; a send without an answer may have arrived.</summary>
    private static EventActivityBinder<Saga<InstitutionOrder>, OutcomeUnknown> Doubt(
        EventActivityBinder<Saga<InstitutionOrder>, OutcomeUnknown> told) =>
        told.Learn(c => ChannelEvidence.OfDoubt(c.Message)).Then(c => c.Order.MayHaveArrived |= !c.Message.FromQuery).WaitForCode();

    /// <summary>It has arrived, or nobody can say that it has not.</summary>
    private static void Arrived(BehaviorContext<Saga<InstitutionOrder>> c) => c.Order.MayHaveArrived = true;

    /// <summary>A late word of an earlier send must not release an order whose later send is under way.</summary>
    private static bool IsAboutTheLatestSend(BehaviorContext<Saga<InstitutionOrder>, NothingWasSent> c) =>
        c.Message.Send == c.Order.Sends;

    private static bool IsCalledFromHere(BehaviorContext<Saga<InstitutionOrder>> c) =>
        c.Unit.Context.Applications.Runs(ChannelOf(c).Application);

    private static TimeSpan HandOverPatience(BehaviorContext<Saga<InstitutionOrder>> c) => RetryDecision.HandOverPatience;

    private static DateTimeOffset WantedUntil(BehaviorContext<Saga<InstitutionOrder>> c) =>
        RetryDecision.WantedUntil(c.Family.PaymentOf(c.Order), c.Trade);

    private static bool MayRetry(BehaviorContext<Saga<InstitutionOrder>> c) =>
        RetryDecision.MayRetry(c.Order, c.Family.PaymentOf(c.Order), c.Trade, ChannelOf(c), c.Now);

    private static bool MayResend(BehaviorContext<Saga<InstitutionOrder>, InstitutionDoesNotKnow> c) =>
        IsCalledFromHere(c)
        && ResendDecision.MayResend(c.Order, c.Family.PaymentOf(c.Order), c.Trade, ChannelOf(c), c.Message.AskedAt, c.Now)
        && IsWanted(c);

    private static bool IsWanted(BehaviorContext<Saga<InstitutionOrder>> c)
    {
        var verdict = c.Heed(c.Hooks.Resend(new ResendFacts(c.Family, c.Order, ChannelOf(c), c.Directory, c.Now)));
        c.Saga.Note = verdict.DecidedBy;
        return verdict.Yes;
    }

    private static DateTimeOffset? NextQuestion(BehaviorContext<Saga<InstitutionOrder>> c) =>
        QueryRounds.Next(c.Order, PlanOf(c), c.Now);

    private static QueryPlan PlanOf(BehaviorContext<Saga<InstitutionOrder>> c)
    {
        var payment = c.Family.PaymentOf(c.Order);
        return ChannelOf(c).QueriesFor(payment.Method, payment.Kind);
    }

    private static ChannelSettings ChannelOf(BehaviorContext<Saga<InstitutionOrder>> c) => c.Directory.Channel(c.Order.ChannelId);
}
