using PaymentEngine.Core.Directory;
using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using PaymentEngine.Workflows.Verbs;

namespace PaymentEngine.Workflows;

/// <summary>
/// One leg of a payment. It chooses the channel, chooses again where that is certain to be safe, and is as good as the
/// institution order that carries it.
/// </summary>
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
    public Event<PartCameOnTop> PartCameOnTop { get; private set; } = null!;

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
            When(PartFailed).IfElse(MayReroute,
                safe => safe.Emit(RerouteOrGiveUp),
                over => Fail(over, c => c.Message.Code)),
            Fail(When(NoChannelFound), _ => NoChannel));

        // The leg was not waiting for this order any more: its money comes on top.
        During([Processing, Succeeded, Failed],
            When(PartCameOnTop).Emit(c => new LegCameOnTop(c.Order.PaymentId, c.Message.InstitutionOrder)));
    }

    /// <summary>A choice is made once: asking takes a turn of the channel that answers. A refund goes back by the channel that took the money.</summary>
    private static OrderMessage SendOrGiveUp(BehaviorContext<Saga<PaymentInstruction>, BeginInstruction> c)
    {
        var payment = c.Family.Payment(c.Order.PaymentId);
        var channel = payment.IsRefund
            ? c.Directory.Channel(c.Family.InstitutionOrder(payment.RefundOf).ChannelId)
            : Choose(c, tried: []);
        return channel is null ? new NoChannelFound(c.Order.Id) : OrderOn(c, channel, evidence: null);
    }

    /// <summary>A reroute makes a new number on a channel on which this leg has not failed yet (C14).</summary>
    private static OrderMessage RerouteOrGiveUp(BehaviorContext<Saga<PaymentInstruction>, PartFailed> c) =>
        Choose(c, [.. OrdersOf(c).Select(order => order.ChannelId)]) is { } channel
            ? OrderOn(c, channel, c.Message.Evidence)
            : new NoChannelFound(c.Order.Id);

    private static bool MayReroute(BehaviorContext<Saga<PaymentInstruction>, PartFailed> c) =>
        RerouteDecision.MayReroute(
            c.Family.Payment(c.Order.PaymentId),
            c.Trade,
            c.Directory.Channel(c.Family.InstitutionOrder(c.Message.InstitutionOrder).ChannelId),
            c.Message.Evidence,
            OrdersOf(c).Count() - 1,
            c.Now);

    private static ChannelSettings? Choose(BehaviorContext<Saga<PaymentInstruction>> c, IReadOnlyCollection<int> tried) =>
        c.Unit.Context.Choice.Choose(c.Directory, c.Order, tried);

    private static CreateInstitutionOrder OrderOn(BehaviorContext<Saga<PaymentInstruction>> c, ChannelSettings channel, string? evidence) => new(
        c.NewId(), c.Order.Id, Part: 1, channel.Id, c.Unit.Context.Numbers.NextInstitutionNumber(channel, c.Now), evidence);

    private static IEnumerable<InstitutionOrder> OrdersOf(BehaviorContext<Saga<PaymentInstruction>> c) =>
        c.Family.InstitutionOrders.Where(order => order.InstructionId == c.Order.Id);

    private EventActivityBinder<Saga<PaymentInstruction>, T> Fail<T>(
        EventActivityBinder<Saga<PaymentInstruction>, T> failed, Func<BehaviorContext<Saga<PaymentInstruction>, T>, string> code)
        where T : class =>
        failed
            .Then(c => c.Order.Failure = code(c))
            .Emit(c => new LegFailed(c.Order.PaymentId, c.Order.Id, code(c)))
            .TransitionTo(Failed);
}
