using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.InProcess;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Store.Audit;

namespace PaymentEngine.Bench.Ledger;

/// <summary>Yardstick, full load, an even load, vouchers, the turn and closing of a large day, books.</summary>
internal sealed class LedgerScenario(LedgerBenchOptions options, PostgresCluster cluster, string directory, TextWriter progress)
{
    private const string Database = "bench_ledger";
    private const int EvenLoad = 5_000;
    private const int VoucherLoad = 3_000;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public async Task<LedgerFigures> RunAsync(CancellationToken cancellation)
    {
        var machine = await MachineFacts.ReadAsync(TimeProvider.System, cancellation);
        var postmasterId = await cluster.PostmasterIdAsync(cancellation);
        await using var database = await cluster.CreateDatabaseAsync(Database, cancellation);
        await progress.WriteLineAsync("raw rows, 10 s");
        var raw = await RawLedger.PerSecondAsync(database, TimeSpan.FromSeconds(Math.Min(10, options.Seconds)), cancellation);
        LedgerFigures figures;
        await using (var engine = await EngineInside.StartAsync(cluster.ConnectionStringOf(Database), InstitutionFile.In(directory)))
        {
            await LedgerAccounts.OpenAsync(database, engine.Ledger, cancellation);
            figures = await MeasureAsync(engine, database, postmasterId, raw, machine, cancellation);
        }

        await progress.WriteLineAsync("checking the books");
        var findings = await new BookAudit(cluster.ConnectionStringOf(Database)).RunAsync(cancellation);
        foreach (var wrong in findings.Where(finding => finding.Wrong > 0))
        {
            await progress.WriteLineAsync($"{wrong.Check}: {wrong.Wrong} are wrong, for example {wrong.Example}");
        }

        var clean = findings.All(finding => finding.Wrong == 0);
        if (clean)
        {
            database.Clear();
            await cluster.DropDatabaseAsync(Database, cancellation);
        }

        return figures with { BooksClean = clean };
    }

    private async Task<LedgerFigures> MeasureAsync(
        EngineInside engine, NpgsqlDataSource database, int postmasterId, double raw, MachineFacts machine, CancellationToken cancellation)
    {
        var load = new PostingLoad(engine.Ledger, new LedgerAccounts());
        var time = TimeSpan.FromSeconds(options.Seconds);

        await progress.WriteLineAsync($"{VoucherLoad} postings a second, {options.Seconds} s, and how far behind the vouchers are");
        await load.OfferAsync(VoucherLoad, time);
        var behind = await CaughtUpAsync(database, cancellation);

        await progress.WriteLineAsync($"{EvenLoad} postings a second, {options.Seconds} s");
        load.TakeLatencies();
        var pauses = GC.GetTotalPauseDuration();
        using var probe = new MachineProbe(await cluster.ParentDirectoryAsync(cancellation));
        await load.OfferAsync(EvenLoad, time);
        var (even, waits) = (load.TakeLatencies(), probe.Stop());
        var pausePercent = (GC.GetTotalPauseDuration() - pauses) / time * 100;
        await CaughtUpAsync(database, cancellation);

        await progress.WriteLineAsync($"{options.Callers} callers, {options.Seconds} s");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = load.RunAsync(options.Callers, stop.Token);
        await Task.Delay(Ramp, cancellation);
        load.TakeLatencies();
        var (cpu, postgres) = (ProcessTimes.Of(Environment.ProcessId).OwnSeconds, CpuMeter.Postgres(postmasterId));
        var perSecond = await RateAsync(load, time, cancellation, out var posted);
        var full = load.TakeLatencies();
        var (cpuUs, postgresUs) = (
            (ProcessTimes.Of(Environment.ProcessId).OwnSeconds - cpu) * 1e6 / posted(), (CpuMeter.Postgres(postmasterId) - postgres) * 1e6 / posted());
        while (load.Posted * 4 < options.Entries)
        {
            await Task.Delay(LookEvery, cancellation);
        }

        await stop.CancelAsync();
        await running;
        var waiting = await WaitingAsync(database, cancellation);
        var goneIn = await CaughtUpAsync(database, cancellation);

        var closing = await CloseAsync(load, database, cancellation);
        return new LedgerFigures(
            raw,
            perSecond,
            full,
            even,
            EvenLoad,
            waits,
            pausePercent,
            cpuUs,
            postgresUs,
            new VoucherFigures(VoucherLoad, behind, waiting, goneIn),
            closing,
            load.Refused,
            BooksClean: false,
            machine,
            options);
    }

    /// <summary>The day turns under load, and the engine closes it by itself.</summary>
    private async Task<ClosingFigures> CloseAsync(PostingLoad load, NpgsqlDataSource database, CancellationToken cancellation)
    {
        await progress.WriteLineAsync("the day turns and is closed under load");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = load.RunAsync(options.Callers, stop.Token);
        await Task.Delay(Ramp, cancellation);
        var before = await RateAsync(load, TimeSpan.FromSeconds(5), cancellation, out _);
        var (watch, first) = (Stopwatch.StartNew(), load.Posted);
        var day = await database.SingleAsync("ledger-turn-day", [], row => row.GetFieldValue<DateOnly>(0), cancellation);
        long entries;
        while ((entries = await database.SingleAsync("ledger-closed", [day], row => row.GetInt64(0) == 0 ? -1 : row.GetInt64(1), cancellation)) < 0)
        {
            await Task.Delay(LookEvery, cancellation);
        }

        var meanwhile = (load.Posted - first) / watch.Elapsed.TotalSeconds;
        var seconds = watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await running;
        await CaughtUpAsync(database, cancellation);
        return new ClosingFigures(entries, seconds, before, meanwhile);
    }

    private static Task<double> RateAsync(PostingLoad load, TimeSpan time, CancellationToken cancellation, out Func<long> posted)
    {
        var (first, watch) = (load.Posted, Stopwatch.StartNew());
        posted = () => load.Posted - first;
        return MeasuredAsync();

        async Task<double> MeasuredAsync()
        {
            await Task.Delay(time, cancellation);
            return (load.Posted - first) / watch.Elapsed.TotalSeconds;
        }
    }

    private static async Task<long> WaitingAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        await database.SingleAsync("ledger-vouchers", [], row => row.GetInt64(1) - row.GetInt64(0), cancellation);

    /// <summary>How long it takes until every posting has its voucher, in seconds.</summary>
    private static async Task<double> CaughtUpAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (await WaitingAsync(database, cancellation) > 0)
        {
            await Task.Delay(LookEvery, cancellation);
        }

        return watch.Elapsed.TotalSeconds;
    }
}
