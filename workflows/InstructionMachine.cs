using PaymentEngine.Core.Directory;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>One leg of a payment. It chooses the channel and is as good as the institution order that carries it.</summary>
public sealed class InstructionMachine : OrderMachine<PaymentInstruction>
{
    public const string NoChannel = "no_channel";

    public State Processing { get; private set; } = null!;
    public State Succeeded { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<BeginInstruction> BeginInstruction { get; private set; } = null!;
    public Event<NoChannelFound> NoChannelFound { get; private set; } = null!;
    public Event<PartSucceeded> PartSucceeded { get; private set; } = null!;
    public Event<PartFailed> PartFailed { get; private set; } = null!;

    public InstructionMachine()
    {
        Initially(
            When(BeginInstruction)
                .Emit(SendOrGiveUp)
                .TransitionTo(Processing));

        During(Processing,
            When(PartSucceeded)
                .Then(c => c.Order.PartsWon++)
                .Emit(c => new LegSucceeded(c.Order.PaymentId, c.Order.Id))
                .TransitionTo(Succeeded),
            Fail(When(PartFailed), c => c.Message.Code),
            Fail(When(NoChannelFound), _ => NoChannel));

        // Paid or given up already: this money comes on top.
        During([Succeeded, Failed],
            When(PartSucceeded).Emit(c => new LegCameOnTop(c.Order.PaymentId, c.Message.InstitutionOrder)));
    }

    /// <summary>A refund goes back by the channel that took the money.</summary>
    private static ChannelSettings? ChannelFor(BehaviorContext<Saga<PaymentInstruction>> c) =>
        c.Family.Payment(c.Order.PaymentId) is { IsRefund: true } refund
            ? c.Directory.Channel(c.Family.InstitutionOrder(refund.RefundOf).ChannelId)
            : c.Unit.Context.Choice.Choose(c.Directory, c.Order);

    /// <summary>A choice is made once: asking takes a turn of the channel that answers.</summary>
    private static OrderMessage SendOrGiveUp(BehaviorContext<Saga<PaymentInstruction>, BeginInstruction> c) =>
        ChannelFor(c) is { } channel
            ? new CreateInstitutionOrder(
                c.NewId(), c.Order.Id, Part: 1, channel.Id, c.Unit.Context.Numbers.NextInstitutionNumber(channel, c.Now))
            : new NoChannelFound(c.Order.Id);

    private EventActivityBinder<Saga<PaymentInstruction>, T> Fail<T>(
        EventActivityBinder<Saga<PaymentInstruction>, T> failed, Func<BehaviorContext<Saga<PaymentInstruction>, T>, string> code)
        where T : class =>
        failed
            .Then(c => c.Order.Failure = code(c))
            .Emit(c => new LegFailed(c.Order.PaymentId, c.Order.Id, code(c)))
            .TransitionTo(Failed);
}
