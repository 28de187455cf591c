using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>
/// As the engine's runtime: what happens when. Dispatches after commits, questions and other timers, callbacks.
/// Whatever goes wrong in one of these is found again by a timer or by the sweep; only the database may go wrong.
/// </summary>
internal sealed class Desks(World world)
{
    private static readonly TimeSpan PatienceForAnAnswer = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PatienceForACallback = TimeSpan.FromSeconds(1);

    public Desk Desk { get; } = new(world);

    public void Dispatch(Node node, TradeFamily family, InstitutionOrder order) => world.Run(SendAsync(node, family, order));

    /// <summary>The message to a channel application may be late, doubled or lost, or find nobody there.</summary>
    public void HandOver(InstitutionOrder order, string application)
    {
        for (var times = world.IsChaos ? world.Dice.Below(3) : 1; times > 0; times--)
        {
            world.Time.In(world.IsChaos ? world.Dice.Ms(0, 20_000) : world.Dice.Ms(0, 30), () =>
            {
                if (world.AnyNode(application) is { } node)
                {
                    world.Run(ApplyAsync(node, order.TradeId, null, "broker", null, new DispatchDue(order.Id)));
                }
            });
        }
    }

    public void Handle(Node node, DueTimer timer) => world.Run(timer.Kind switch
    {
        TimerKind.Query => AskAsync(node, timer),
        TimerKind.Dispatch => ApplyAsync(node, timer.Trade, null, "timer", timer, new DispatchDue(timer.Order)),
        TimerKind.Expiry when timer.Order == timer.Trade => ApplyAsync(node, timer.Trade, null, "timer", timer, new TradeExpired(timer.Order)),
        TimerKind.Expiry => ApplyAsync(node, timer.Trade, null, "timer", timer, new SendExpired(timer.Order)),
        TimerKind.Posting => ApplyAsync(node, timer.Trade, null, "timer", timer, new PostingDue(timer.Order)),
        _ => throw new InvalidOperationException($"no handler for {timer.Kind}"),
    });

    public void HandleCallback(Node node, long callback) => world.Run(HandleCallbackAsync(node, callback));

    /// <summary>No call starts after the moment that was committed with the claim, and none outlives it.</summary>
    private async Task SendAsync(Node node, TradeFamily family, InstitutionOrder order)
    {
        var send = order.Sends;
        var sendBy = order.SendBy!.Value;
        await node.Pause(world.Network.WaitForAPlace());
        var outcome = node.Now < sendBy
            ? await world.Network.SendAsync(node, family, order, sendBy - node.Now)
            : new ChannelOutcome.NotSent("there was no place on the line in time");
        var message = OutcomeMessages.OfSend(order.Id, send, outcome);
        if (outcome is ChannelOutcome.Accepted && await WasTakenAlongAsync(node, family, order, message))
        {
            return;
        }

        await ApplyAsync(node, order.TradeId, family, "channel", null, message);
        if (world.Network.TellsAgain())
        {
            // Results of channels in processes of their own come over a broker, which may deliver twice.
            await node.Pause(world.Dice.Ms(0, 60_000));
            await ApplyAsync(node, order.TradeId, null, "channel", null, OutcomeMessages.OfSend(order.Id, send, outcome));
        }
    }

    /// <summary>An acceptance waits a moment for the callback, and both become one commit.</summary>
    private static async Task<bool> WasTakenAlongAsync(Node node, TradeFamily family, InstitutionOrder order, OrderMessage accepted)
    {
        var mine = (family, accepted);
        if (!node.Acceptances.TryAdd(order.InstitutionNumber, mine))
        {
            return false;
        }

        await node.Pause(PatienceForACallback);
        return !(node.Acceptances.TryGetValue(order.InstitutionNumber, out var left) && left == mine && node.Acceptances.Remove(order.InstitutionNumber));
    }

    private async Task AskAsync(Node node, DueTimer timer)
    {
        await node.Pause(world.Dice.Ms(0, 3));
        var family = world.Store.Load(timer.Trade);
        var order = family?.InstitutionOrders.Find(it => it.Id == timer.Order);
        if (order is null || order.State is not (InstitutionOrderStates.Sending or InstitutionOrderStates.Accepted or InstitutionOrderStates.Unknown))
        {
            await node.Pause(world.Network.Way());
            world.Store.Timers.Discard(timer);
            return;
        }

        if (world.Network.LineIsFull())
        {
            world.Store.Timers.PutOff(timer, world.Now + world.Dice.Ms(500, 5_000));
            return;
        }

        var askedAt = node.Now;
        var outcome = await world.Network.AskAsync(node, order, PatienceForAnAnswer);
        await ApplyAsync(node, timer.Trade, null, "query", timer, OutcomeMessages.OfQuery(order.Id, outcome, askedAt));
    }

    private async Task HandleCallbackAsync(Node node, long callback)
    {
        await node.Pause(world.Dice.Ms(0, 3));
        if (world.Store.Inbox.Find(callback) is not { } stored || world.Store.Locate(stored.Number) is not { } at)
        {
            return;
        }

        node.Acceptances.Remove(stored.Number, out var acceptance);
        var decided = await Desk.DecideAsync(node, at.Trade, acceptance.Family, "callback", null, callback, unit =>
        {
            if (acceptance.Message is { } accepted)
            {
                Desk.Run(unit, accepted);
            }

            Desk.Run(unit, OutcomeMessages.OfCallback(at.Order, stored.Outcome));
            return unit.Transitions.Count > 0;
        });
        if (decided is { Family: not null, Commit: null })
        {
            // Most callbacks repeat what the answer to the call has said. They cost the trade no commit.
            world.Store.Inbox.Handled(callback);
        }
    }

    private Task<Decided> ApplyAsync(Node node, OrderId trade, TradeFamily? known, string actor, DueTimer? timer, OrderMessage message) =>
        Desk.DecideAsync(node, trade, known, actor, timer, null, unit =>
        {
            Desk.Run(unit, message);

            // News that every lifecycle ignored changes nothing; only a timer's row still has to go.
            return unit.Transitions.Count > 0 || unit.HandledTimer is not null;
        });
}
