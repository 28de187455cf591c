using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Bench.Payments;
using PaymentEngine.Store.Audit;

namespace PaymentEngine.Bench.InProcess;

/// <summary>Yardstick, full load on the engine's own entry point, books.</summary>
internal sealed class InProcessScenario(InProcessOptions options, PostgresCluster cluster, string directory, TextWriter progress)
{
    private const string Database = "bench_engine";
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(5);

    public async Task<InProcessFigures> RunAsync(CancellationToken cancellation)
    {
        var machine = await MachineFacts.ReadAsync(TimeProvider.System, cancellation);
        var postmasterId = await cluster.PostmasterIdAsync(cancellation);
        await progress.WriteLineAsync($"TPC-B, scale {options.TpcbScale}, {options.TpcbSeconds} s");
        var tpcB = await TpcB.RunAsync(cluster, postmasterId, options.TpcbScale, options.TpcbSeconds, cancellation);
        await progress.WriteLineAsync($"TPC-B {tpcB.PerSecond:0} /s; {options.Callers} callers on the engine");
        await using var database = await cluster.CreateDatabaseAsync(Database, cancellation);
        InProcessFigures figures;
        await using (var engine = await EngineInside.StartAsync(cluster.ConnectionStringOf(Database), InstitutionFile.In(directory)))
        {
            figures = await MeasureAsync(engine, database, postmasterId, tpcB, machine, cancellation);
        }

        await progress.WriteLineAsync("checking the books");
        var findings = await new BookAudit(cluster.ConnectionStringOf(Database)).RunAsync(cancellation);
        var clean = findings.All(finding => finding.Wrong == 0);
        if (clean)
        {
            database.Clear();
            await cluster.DropDatabaseAsync(Database, cancellation);
        }

        return figures with { BooksClean = clean };
    }

    private async Task<InProcessFigures> MeasureAsync(
        EngineInside engine, NpgsqlDataSource database, int postmasterId, TpcBFigures tpcB, MachineFacts machine, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var callers = new Callers(engine, options.Callers);
        var calling = callers.RunAsync(stop.Token);
        await Task.Delay(Ramp, cancellation);

        var start = await ReadAsync(engine, database, postmasterId, cancellation);
        var workingSet = await RunAsync(callers, cancellation);
        var end = await ReadAsync(engine, database, postmasterId, cancellation);
        await stop.CancelAsync();
        await calling;
        await database.DrainAsync(cancellation);

        var paid = (await database.PaidBetweenAsync(start.At, end.At, cancellation)).Count;
        var seconds = (end.At - start.At).TotalSeconds;
        return new InProcessFigures(
            paid / seconds,
            tpcB.PerSecond,
            paid / seconds / tpcB.PerSecond,
            paid,
            seconds,
            (end.EngineCpu - start.EngineCpu) * 1e6 / paid,
            (end.PostgresCpu - start.PostgresCpu) * 1e6 / paid,
            (double)(end.Allocated - start.Allocated) / paid,
            (double)(end.Rows - start.Rows) / paid,
            (double)(end.Wal - start.Wal) / paid,
            (double)(end.Units - start.Units) / (end.Commits - start.Commits),
            (end.Commits - start.Commits) / seconds,
            (end.GcPause - start.GcPause).TotalSeconds / seconds * 100,
            workingSet,
            callers.TurnedAway,
            BooksClean: false,
            tpcB,
            machine,
            options);
    }

    /// <summary>Returns the working set every few seconds: it has to stay flat.</summary>
    private async Task<List<long>> RunAsync(Callers callers, CancellationToken cancellation)
    {
        var workingSet = new List<long>();
        var watch = Stopwatch.StartNew();
        var first = callers.Acknowledged;
        while (options.Payments is { } payments ? callers.Acknowledged - first < payments : watch.Elapsed.TotalSeconds < options.Seconds)
        {
            await Task.Delay(SamplePeriod, cancellation);
            workingSet.Add(Environment.WorkingSet >> 20);
        }

        return workingSet;
    }

    private static async Task<Reading> ReadAsync(EngineInside engine, NpgsqlDataSource database, int postmasterId, CancellationToken cancellation)
    {
        var engineCpu = ProcessTimes.Of(Environment.ProcessId).OwnSeconds;
        return await database.SingleAsync(
            "window-reading",
            [],
            row => new Reading(
                row.GetDateTime(0), row.GetInt64(1), row.GetInt64(2), engineCpu, CpuMeter.Postgres(postmasterId),
                GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), engine.Commits.Units, engine.Commits.Batches),
            cancellation);
    }

    private sealed record Reading(
        DateTime At, long Rows, long Wal, double EngineCpu, double PostgresCpu, long Allocated, TimeSpan GcPause, long Units, long Commits);
}
