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
    public State Processing { get; private set; } = null!;
    public State Succeeded { get; private set; } = null!;
    public State Failed { get; private set; } = null!;

    public Event<BeginInstruction> BeginInstruction { get; private set; } = null!;
    public Event<NoChannelFound> NoChannelFound { get; private set; } = null!;
    public Event<PartSucceeded> PartSucceeded { get; private set; } = null!;
    public Event<PartFailed> PartFailed { get; private set; } = null!;
    public Event<RerouteDeclined> RerouteDeclined { get; private set; } = null!;
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
            Fail(When(RerouteDeclined), c => c.Message.Code),
            Fail(When(NoChannelFound).Then(c => c.Order.Routing = c.Message.Route.Explanation), c => c.Message.Route.Refusal));

        // The leg was not waiting for this order any more: its money comes on top.
        During([Processing, Succeeded, Failed],
            When(PartCameOnTop).Emit(c => new LegCameOnTop(c.Order.PaymentId, c.Message.InstitutionOrder)));
    }

    /// <summary>A choice is made once: asking takes a turn of the channel that answers. A refund goes back by the channel that took the money.</summary>
    private static OrderMessage SendOrGiveUp(BehaviorContext<Saga<PaymentInstruction>, BeginInstruction> c)
    {
        if (c.Message.Route is { } route)
        {
            return OrderOn(c, route.Route, route.Reroute);
        }

        var payment = c.Family.Payment(c.Order.PaymentId);
        return OrderOn(c, payment.IsRefund
            ? Route.To(c.Directory.Channel(c.Family.InstitutionOrder(payment.RefundOf).ChannelId))
            : Choose(c, tried: []));
    }

    /// <summary>A reroute makes a new number on a channel on which this leg has not failed yet, if the script wants it (C14).</summary>
    private static OrderMessage RerouteOrGiveUp(BehaviorContext<Saga<PaymentInstruction>, PartFailed> c)
    {
        var (failed, evidence) = (FailedOrder(c), c.Message.Evidence!);
        var verdict = c.Heed(c.Hooks.Reroute(
            new RerouteFacts(c.Family, failed, ChannelOf(c, failed), evidence, Reroutes(c), c.Directory, c.Now)));
        if (!verdict.Yes)
        {
            return new RerouteDeclined(c.Order.Id, c.Message.Code, verdict.DecidedBy);
        }

        var route = Choose(c, [.. OrdersOf(c).Select(order => order.ChannelId)]);
        return OrderOn(c, route, new Reroute(failed.Id, evidence, verdict.DecidedBy));
    }

    private static bool MayReroute(BehaviorContext<Saga<PaymentInstruction>, PartFailed> c) => RerouteDecision.MayReroute(
        c.Family.Payment(c.Order.PaymentId), c.Trade, ChannelOf(c, FailedOrder(c)), c.Message.Evidence, Reroutes(c), c.Now);

    private static InstitutionOrder FailedOrder(BehaviorContext<Saga<PaymentInstruction>, PartFailed> c) =>
        c.Family.InstitutionOrder(c.Message.InstitutionOrder);

    private static ChannelSettings ChannelOf(BehaviorContext<Saga<PaymentInstruction>> c, InstitutionOrder order) =>
        c.Directory.Channel(order.ChannelId);

    private static int Reroutes(BehaviorContext<Saga<PaymentInstruction>> c) => OrdersOf(c).Count() - 1;

    private static Route Choose(BehaviorContext<Saga<PaymentInstruction>> c, IReadOnlyCollection<int> tried) => c.Unit.Choose(c.Order, tried);

    private static OrderMessage OrderOn(BehaviorContext<Saga<PaymentInstruction>> c, Route route, Reroute? reroute = null) =>
        route.Channel is { } channel
            ? new CreateInstitutionOrder(
                c.NewId(), c.Order.Id, Part: 1, route, c.Unit.Context.Numbers.NextInstitutionNumber(channel, c.Now), reroute)
            : new NoChannelFound(c.Order.Id, route);

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
