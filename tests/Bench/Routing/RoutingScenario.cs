using System.Diagnostics;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Bench.Routing;

/// <summary>Decisions on one thread, each timed by itself, in turn with the hand-written loop: noise meets both alike.</summary>
internal sealed class RoutingScenario(RoutingOptions options)
{
    private const int Block = 1_000;
    private const int WarmUpBlocks = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(8));

    private readonly RouteFacts[] _facts = LargeSetup.Facts();

    public async Task<RoutingFigures> RunAsync(CancellationToken cancellation)
    {
        var setup = LargeSetup.Usual();
        var table = LargeSetup.Table(setup);
        var conditions = new UsualConditions(table);
        var hand = new HandWritten(table, table.ClassOf(_facts[0]), conditions);
        var router = new Router(table);
        if (table.ClassOf(_facts[0]).Count != LargeSetup.OfClass || _facts.Any(facts => hand.Choose(facts).Left != LargeSetup.Passing))
        {
            throw new InvalidOperationException("the setup is not the one that was promised");
        }

        var (usual, byHand) = Measure(router, conditions, setup, options.Decisions, hand, cancellation);
        var crowd = LargeSetup.Crowded();
        var crowdTable = LargeSetup.Table(crowd);
        var (crowded, _) = Measure(new Router(crowdTable), new UsualConditions(crowdTable), crowd, options.Decisions / 10, hand, cancellation);
        return new RoutingFigures(
            options, await MachineFacts.ReadAsync(TimeProvider.System, cancellation), usual, crowded, Percentile(byHand, 0.5), Percentile(byHand, 0.99));
    }

    private (DecisionFigures Figures, long[] ByHand) Measure(
        Router router, UsualConditions conditions, RoutingSetup setup, int decisions, HandWritten hand, CancellationToken cancellation)
    {
        var blocks = Math.Max(1, decisions / Block);
        var (ticks, byHand) = (new long[blocks * Block], new long[blocks * Block]);
        long bytes = 0, stored = 0;
        for (var block = -WarmUpBlocks; block < blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = Math.Max(block, 0) * Block;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var written = Decide(router, conditions, ticks.AsSpan(at, Block));
            var after = GC.GetAllocatedBytesForCurrentThread();
            ChooseByHand(hand, byHand.AsSpan(at, Block));
            if (block >= 0)
            {
                (bytes, stored) = (bytes + after - before, stored + written);
            }
        }

        var explanation = Explanation.Read(router.Route(Question(0, conditions)).Explanation, setup);
        Array.Sort(ticks);
        Array.Sort(byHand);
        return (
            new DecisionFigures(
                Percentile(ticks, 0.5), Percentile(ticks, 0.99), (double)bytes / ticks.Length, (double)stored / ticks.Length,
                explanation.Removals.Count, explanation.Candidates.Count),
            byHand);
    }

    private long Decide(Router router, UsualConditions conditions, Span<long> ticks)
    {
        var stored = 0L;
        for (var i = 0; i < ticks.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var decision = router.Route(Question(i, conditions));
            ticks[i] = Stopwatch.GetTimestamp() - start;
            stored += decision.Explanation.Length;
        }

        return stored;
    }

    private void ChooseByHand(HandWritten hand, Span<long> ticks)
    {
        for (var i = 0; i < ticks.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            hand.Choose(_facts[i % _facts.Length]);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    private RouteQuestion Question(int i, UsualConditions conditions) => new(_facts[i % _facts.Length], Now, conditions, []);

    private static double Percentile(long[] sorted, double fraction) =>
        sorted[(int)(fraction * (sorted.Length - 1))] * 1e6 / Stopwatch.Frequency;
}
