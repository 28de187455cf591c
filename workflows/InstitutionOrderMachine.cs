using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// One order as an institution sees it. Only certainty ends it: everything else is asked again, round after round
/// (C12), until a person has to look; and it is sent again only when that cannot pay twice (C13).
/// </summary>
public sealed partial class InstitutionOrderMachine : OrderMachine<InstitutionOrder>
{
    public State Ready { get; private set; } = null!;
    public State Sending { get; private set; } = null!;
    public State Accepted { get; private set; } = null!;
    public State Unknown { get; private set; } = null!;
    public State OnWorkList { get; private set; } = null!;
    public State Succeeded { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<CreateInstitutionOrder> CreateInstitutionOrder { get; private set; } = null!;
    public Event<InstitutionSucceeded> InstitutionSucceeded { get; private set; } = null!;
    public Event<InstitutionFailed> InstitutionFailed { get; private set; } = null!;
    public Event<InstitutionAccepted> InstitutionAccepted { get; private set; } = null!;
    public Event<NothingWasSent> NothingWasSent { get; private set; } = null!;
    public Event<InstitutionDoesNotKnow> InstitutionDoesNotKnow { get; private set; } = null!;
    public Event<OutcomeUnknown> OutcomeUnknown { get; private set; } = null!;
    public Event<DispatchDue> DispatchDue { get; private set; } = null!;
    public Event<SendExpired> SendExpired { get; private set; } = null!;

    public InstitutionOrderMachine()
    {
        foreach (var quiet in new[] { Ready, OnWorkList, Succeeded, Failed })
        {
            WhenEnter(quiet, order => order.Cancel(TimerKind.Query));
        }

        foreach (var final in new[] { Succeeded, Failed })
        {
            WhenEnter(final, order => order.StopWaitingForCodes());
        }

        WhenEnter(Failed, order => order.ReturnLimits());
        WhenLeave(Ready, order => order.Cancel(TimerKind.Dispatch).Cancel(TimerKind.Expiry));
        WhenLeave(OnWorkList, order => order.TakeOffWorkList());

        Initially(
            When(CreateInstitutionOrder).IfElse(IsHeld, Hold, SendOrHandOver));

        During([Ready, Sending, Unknown, OnWorkList],
            Succeed(When(InstitutionSucceeded), otherwise: Unknown),
            Fail(Refused(), c => c.Message.Code, RefusedByTheChannel),
            Ask(Note(When(InstitutionAccepted)), Accepted),
            Ask(Doubt(When(OutcomeUnknown)), Unknown));

        // What an institution has accepted stays accepted, however unclear its next answers are.
        During(Accepted,
            Succeed(When(InstitutionSucceeded), otherwise: Accepted),
            Fail(Refused(), c => c.Message.Code, RefusedByTheChannel),
            Ask(Note(When(InstitutionAccepted)), Accepted),
            Ask(Doubt(When(OutcomeUnknown)), Accepted),
            ResendOrAsk(When(InstitutionDoesNotKnow), Accepted));

        During([Sending, Unknown, OnWorkList],
            ResendOrAsk(When(InstitutionDoesNotKnow), Unknown));

        During([Sending, Unknown],
            When(NothingWasSent, IsAboutTheLatestSend).Learn(c => ChannelEvidence.OfNothingSent(c.Message)).IfElse(c => c.Order.MayHaveArrived,
                unsure => Ask(unsure, Unknown),
                certain => certain.IfElse(MayRetry, Release, over => Fail(
                    over.Learn(c => ChannelEvidence.OfGivingUp(c.Message)), _ => NotSent, NothingLeftTheBuilding))));

        During(Ready,
            When(DispatchDue).IfElse(MayRetry, wanted => wanted.IfElse(IsHeld, Hold, SendOrHandOver), over => Fail(over, _ => NotSent, NothingLeftTheBuilding)),
            When(SendExpired).IfElse(MayRetry,
                early => early.Arm(TimerKind.Expiry, WantedUntil),
                over => Fail(over, _ => NotSent, NothingLeftTheBuilding)),
            Ignore(NothingWasSent),
            Ignore(InstitutionDoesNotKnow));

        During([Accepted, OnWorkList],
            Ignore(NothingWasSent));

        During([Sending, Accepted, Unknown, OnWorkList, Succeeded, Failed],
            Ignore(DispatchDue),
            Ignore(SendExpired));

        During(Succeeded,
            When(InstitutionFailed).OpenDifference(DifferenceKinds.Contradiction, c => $"failed after success: {c.Message.Reason}"),
            Ignore(InstitutionSucceeded));

        During(Failed,
            When(InstitutionSucceeded)
                .OpenDifference(DifferenceKinds.Contradiction, c => $"success after failure: {c.Message.Amount} {c.Message.Amount.Currency}")
                .If(IsTheOrderedAmount, late => late.If(c => !c.Order.Executed, ExecuteAfterAll)),
            Ignore(InstitutionFailed));

        During([Succeeded, Failed],
            Ignore(InstitutionAccepted),
            Ignore(InstitutionDoesNotKnow),
            Ignore(OutcomeUnknown),
            Ignore(NothingWasSent));
    }
}
