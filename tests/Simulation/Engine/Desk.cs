using PaymentEngine.Ledger;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Workflows.Driver;

namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>
/// As the engine's decision desk: units of work are built, decided by the real lifecycles, committed, and followed by
/// what they asked for. A lost race or a refusal of the ledger is decided anew with what is known then.
/// </summary>
internal sealed class Desk(World world)
{
    private const int MaximumAttempts = 8;

    /// <summary>Stateless, and dear to make.</summary>
    private static readonly OrderDriver Driver = new();

    public static void Run(UnitOfWork unit, OrderMessage message) => Driver.Run(unit, message);

    public DecisionContext ContextFor(Node node, string actor, string serial) =>
        new(node.Now, world.Facts.Directory, world.Numbers, world.Facts.Choice, RouteScripts.Defaults, node.Id, actor, serial)
        {
            Applications = node.Applications,
        };

    /// <param name="known">The family as this node last committed it; null when it is not at hand.</param>
    /// <param name="decide">False when there is nothing to decide.</param>
    public async Task<Decided> DecideAsync(
        Node node, OrderId trade, TradeFamily? known, string actor, DueTimer? timer, long? callback, Func<UnitOfWork, bool> decide)
    {
        await node.EnterAsync(trade);
        try
        {
            PostingRefusal? refused = null;
            for (var attempt = 1; ; attempt++)
            {
                var family = known ?? world.Store.Load(trade);
                known = null;
                if (family is null)
                {
                    return new Decided(null, null, null);
                }

                var unit = new UnitOfWork(family, ContextFor(node, actor, "r")) { Refused = refused, HandledTimer = timer };
                if (!decide(unit))
                {
                    return new Decided(family, unit, null);
                }

                var result = await CommitAsync(node, unit, callback);
                switch (result)
                {
                    case CommitResult.VersionConflict when attempt < MaximumAttempts:
                        continue;
                    case CommitResult.PostingRefused posting when attempt < MaximumAttempts:
                        refused = posting.Refusal;
                        continue;
                    default:
                        Broken.If(result is CommitResult.PostingRefused, "what the ledger refuses waits in a named state (O12)", $"{trade}");
                        return new Decided(family, unit, result);
                }
            }
        }
        finally
        {
            node.Leave(trade);
        }
    }

    public async Task<CommitResult> CommitAsync(Node node, UnitOfWork unit, long? callback = null)
    {
        foreach (var intent in unit.PostingIntents)
        {
            unit.Postings.Add(StandardPostings.For(intent, unit.Family, world.Facts.Directory, world.Numbers.NextId(unit.Family.Trade.Id.Day)));
        }

        await node.Pause(world.Dice.Ms(0, 5));
        if (world.IsChaos && world.Dice.Chance(world.Facts.UnavailableRate))
        {
            return new CommitResult.Unavailable("the database could not be reached");
        }

        var result = await StoredAsync(node, unit, callback);
        world.Trace?.Note($"node {node.Id} commits {unit.Family.Trade.Id} v{unit.BaseVersion + 1} ({unit.Context.Actor}): {result} {Said(unit)}");
        if (result is CommitResult.Committed)
        {
            unit.MarkCommitted();
            foreach (var order in unit.Dispatches)
            {
                if (order.ClaimedBy == 0)
                {
                    world.Engine.HandOver(order, world.Facts.Directory.Channel(order.ChannelId).Application);
                }
                else
                {
                    world.Engine.Dispatch(node, unit.Family, order);
                }
            }
        }

        return result;
    }

    /// <summary>The database commits whether or not the process that asked for it still lives; its answer can be lost.</summary>
    private async Task<CommitResult> StoredAsync(Node node, UnitOfWork unit, long? callback)
    {
        var answer = new Promise<CommitResult?>();
        var here = node.Here();
        var isHard = world.IsChaos && world.Dice.Chance(world.Facts.LostCommitRate);
        var toDatabase = isHard ? world.Dice.Ms(0, 20_000) : world.Dice.Ms(0, 3);
        world.Time.In(toDatabase, () =>
        {
            // A connection that broke may have taken the transaction with it.
            CommitResult? result = isHard && world.Dice.Chance(0.3)
                ? new CommitResult.Unavailable("the database lost the transaction")
                : world.Store.Commit(unit, callback);
            if (isHard && world.Dice.Chance(0.3))
            {
                result = null;
            }

            world.Time.In(isHard ? world.Dice.Ms(0, 30_000) : world.Dice.Ms(0, 3), () => here(() => answer.Keep(result)));
        });
        return await answer ?? throw new OutcomeStayedUnknownException();
    }

    private static string Said(UnitOfWork unit) => string.Join("; ", unit.Transitions.Select(step =>
        $"{step.Level} {step.Order} {step.Event}: {step.From} -> {step.To}{(step.Reason is { } why ? $" ({why})" : "")}"));
}

/// <param name="Commit">Null when there was nothing to decide.</param>
internal readonly record struct Decided(TradeFamily? Family, UnitOfWork? Unit, CommitResult? Commit);

/// <summary>As the engine's committer after two minutes without an answer of the database.</summary>
internal sealed class OutcomeStayedUnknownException() : Exception("nobody can say whether the transaction committed");
