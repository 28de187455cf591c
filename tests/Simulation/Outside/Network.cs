namespace PaymentEngine.Tests.Simulation.Outside;

/// <summary>
/// Between the engine and the institution: refuses connections, loses requests and answers, delays them so that they
/// overtake each other, delivers twice. Understands answers with the adapter's own mapping.
/// </summary>
internal sealed class Network(World world)
{
    private static readonly TimeSpan PatienceOfTheInstitution = TimeSpan.FromSeconds(10);

    /// <summary>Sometimes longer than the call may take.</summary>
    public TimeSpan WaitForAPlace() => Is(world.Facts.SlowRate / 4) ? world.Dice.Ms(0, 12_000) : world.Dice.Ms(0, 2);

    public bool LineIsFull() => Is(world.Facts.SlowRate / 2);

    public bool TellsAgain() => Is(world.Facts.DoubleRate / 4);

    /// <summary>To somewhere, over the network.</summary>
    public TimeSpan Way() => Is(world.Facts.SlowRate) ? world.Dice.Ms(0, world.Dice.Pick(1_000, 15_000, 120_000)) : world.Dice.Ms(1, 30);

    public async ValueTask<ChannelOutcome> SendAsync(Node node, TradeFamily family, InstitutionOrder order, TimeSpan left)
    {
        var original = family.OriginalOf(order);
        var asked = original is null ? ChannelInterface.Pay : ChannelInterface.Refund;
        var request = original is null
            ? new BankRequest(order.InstitutionNumber, order.ChannelId, order.Amount, order.PayerAccount)
            : new BankRequest(order.InstitutionNumber, order.ChannelId, order.Amount, "", original.InstitutionNumber);
        var call = world.Wire.Begin(node, family, order);
        if (Is(world.Facts.RefusedRate))
        {
            call.NeverLeft();
            await node.Pause(world.Dice.Ms(0, 50));
            return Told(order.InstitutionNumber, new ChannelOutcome.NotSent("the connection was refused"));
        }

        var outcome = await AnsweredAsync(node, left, "no answer in time", answered => new WireCall(request, answered), answer =>
        {
            if (answer.Status == BankStatus.Refused)
            {
                call.NeverLeft();
            }

            return Understood(asked, order, answer);
        });
        return Told(order.InstitutionNumber, outcome);
    }

    public async ValueTask<ChannelOutcome> AskAsync(Node node, InstitutionOrder order, TimeSpan patience)
    {
        var askedAt = world.Now;
        world.Wire.Asks(order.InstitutionNumber);
        var outcome = await AnsweredAsync(
            node, patience, "no answer to the question",
            answered => new WireCall(order.InstitutionNumber, order.ChannelId, answered),
            answer => Understood(ChannelInterface.Query, order, answer));
        world.Wire.Of(order.InstitutionNumber).Answered(outcome, askedAt);
        return Told(order.InstitutionNumber, outcome);
    }

    /// <summary>The institution waits a while for its acknowledgement; without one it calls again.</summary>
    public void CallBack(BankCallback callback)
    {
        var isOver = false;
        void End(bool acknowledged)
        {
            if (!isOver)
            {
                isOver = true;
                world.Institution.Acknowledge(callback, acknowledged);
            }
        }

        world.Time.In(PatienceOfTheInstitution, () => End(false));
        for (var copies = Is(world.Facts.DoubleRate) ? 2 : 1; copies > 0; copies--)
        {
            if (!Is(world.Facts.LossRate))
            {
                world.Time.In(Way(), () => Reach(callback, End));
            }
        }
    }

    private void Reach(BankCallback callback, Action<bool> end)
    {
        if (callback.Told.Flaw != BankFlaw.None)
        {
            end(false);
        }
        else if (world.AnyNode() is { } node)
        {
            world.Run(TakeAsync(node, callback, end));
        }
    }

    /// <summary>Stored, then acknowledged, then handed over: any process may handle it, or the sweep will.</summary>
    private async Task TakeAsync(Node node, BankCallback callback, Action<bool> end)
    {
        await node.Pause(world.Dice.Ms(0, 5));
        if (Is(world.Facts.UnavailableRate))
        {
            return;
        }

        var outcome = OfTheChannel(Codes.Mapping.Of(ChannelInterface.Callback, callback.Channel, callback.Told, ordered: null));
        var id = world.Store.Inbox.Store(callback.Number, outcome);
        world.Trace?.Note($"node {node.Id} stores callback {id}: {callback.Number} {outcome}");
        world.Wire.Of(callback.Number).CalledBack(outcome);
        if (!Is(world.Facts.LossRate))
        {
            end(true);
        }

        if (world.Dice.Chance(0.8) && world.AnyNode() is { } handler)
        {
            world.Engine.HandleCallback(handler, id);
        }
    }

    private async ValueTask<ChannelOutcome> AnsweredAsync(
        Node node, TimeSpan patience, string silence, Func<Action<BankAnswer>, WireCall> call, Func<BankAnswer, ChannelOutcome> understand)
    {
        var promise = new Promise<ChannelOutcome>();
        var here = node.Here();
        world.Time.In(patience, () => here(() => promise.Keep(new ChannelOutcome.Unknown(silence))));
        if (!Is(world.Facts.LossRate))
        {
            world.Time.In(Way(), () => world.Institution.Receive(call(answer =>
            {
                if (!Is(world.Facts.LossRate))
                {
                    var outcome = understand(answer);
                    world.Time.In(Way(), () => here(() => promise.Keep(outcome)));
                }
            })));
        }

        return await promise;
    }

    private ChannelOutcome Understood(ChannelInterface asked, InstitutionOrder order, BankAnswer answer) =>
        OfTheChannel(Codes.Mapping.Of(asked, order.ChannelId, answer, order.Amount));

    private ChannelOutcome OfTheChannel(ChannelOutcome outcome) =>
        outcome is ChannelOutcome.Failed failed && world.Facts.DeclinesSpeakOfTheChannel ? failed with { OfTheChannel = true } : outcome;

    private ChannelOutcome Told(string number, ChannelOutcome outcome)
    {
        world.Trace?.Note($"told of {number}: {outcome}");
        world.Wire.Of(number).Told(outcome);
        return outcome;
    }

    private bool Is(double rate) => world.IsChaos && world.Dice.Chance(rate);
}
