using System.Collections.Concurrent;
using System.Diagnostics;

namespace PaymentEngine.Tests.Simulation;

/// <summary>Many seeds, one after the other on each thread; a run never leaves its own.</summary>
internal static class Campaign
{
    /// <summary>A campaign that finds more than this has found enough.</summary>
    private const int MostFailures = 50;

    public static Result Run(ulong first, int count)
    {
        var started = Stopwatch.GetTimestamp();
        var failures = new ConcurrentBag<Failure>();
        var census = new Census();
        var passed = 0;
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new Census(),
            (at, state, mine) =>
            {
                var seed = first + (ulong)at;
                if (World.Run(seed, trace: null, mine) is { } fault)
                {
                    failures.Add(new Failure(seed, fault));
                    if (failures.Count >= MostFailures)
                    {
                        state.Stop();
                    }
                }
                else
                {
                    Interlocked.Increment(ref passed);
                }

                return mine;
            },
            mine =>
            {
                lock (census)
                {
                    census.Add(mine);
                }
            });
        return new Result(passed, [.. failures.OrderBy(failure => failure.Seed)], census, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Plays the seed again, and tells all.</summary>
    public static string Tell(ulong seed)
    {
        var trace = new Trace();
        var fault = World.Run(seed, trace);
        return $"""
            seed {seed}: {fault?.Message ?? "all invariants hold"}
            {string.Join('\n', trace.Lines)}
            {(fault is null or BrokenException ? "" : fault)}
            """;
    }

    public sealed record Failure(ulong Seed, Exception Fault);

    public sealed record Result(int Passed, IReadOnlyList<Failure> Failures, Census Census, TimeSpan Took)
    {
        public string Summary =>
            $"{(Passed + Failures.Count) / Took.TotalSeconds:F0} seeds/s in {Took.TotalSeconds:F1} s; {Census.Trades} trades, {Census.Payments} payments, "
            + $"{Census.Refunds} refunds of surplus, {Census.MerchantRefunds} of merchants, {Census.Voids} voids, {Census.Resends} sends again, {Census.Reroutes} reroutes";
    }
}
