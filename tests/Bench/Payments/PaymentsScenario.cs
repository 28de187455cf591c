using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Checks;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Payments;

/// <summary>The whole run: yardstick, existing orders, full load, half load, books.</summary>
internal sealed class PaymentsScenario(PaymentsOptions options, PostgresCluster cluster, string directory, TextWriter progress)
{
    private const string Database = "bench_payments";

    public async Task<PaymentsFigures> RunAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        void Say(string what) => progress.WriteLine($"[{watch.Elapsed.TotalSeconds,5:0.0} s] {what}");

        var machine = await MachineFacts.ReadAsync(TimeProvider.System, cancellation);
        var postmasterId = await cluster.PostmasterIdAsync(cancellation);
        Say($"TPC-B, scale {options.TpcbScale}, {options.TpcbSeconds} s");
        var tpcB = await TpcB.RunAsync(cluster, postmasterId, options.TpcbScale, options.TpcbSeconds, cancellation);

        Say($"TPC-B {tpcB.PerSecond:0} /s; starting the engine on an empty database");
        await using var database = await cluster.CreateDatabaseAsync(Database, cancellation);
        var program = new EngineProgram(
            options.EngineDll, cluster.ConnectionStringOf(Database), InstitutionFile.In(directory));
        await using var fullPath = options.Broker ? new FullPath(Broker.FromEnvironment(), directory) : null;
        await using var engine = await EngineProcess.StartAsync(program, directory, fullPath?.EngineSettings ?? [], cancellation);
        if (fullPath is not null)
            await fullPath.StartAsync(engine, cancellation);
        var phases = new LoadPhases(options, database, engine, fullPath, postmasterId, directory);

        var (prefill, full, open) = await LoadAsync(phases, engine, Say, cancellation);
        Say("stopping the engine and checking the books");
        var checks = await CheckAsync(engine, program, fullPath, database, [.. phases.AcknowledgedIds], cancellation);
        var settings = await SettingsAsync(database, cancellation);
        if (checks.Clean) // otherwise it stays for whoever looks for the reason
        {
            database.Clear();
            await cluster.DropDatabaseAsync(Database, cancellation);
        }

        Say("done");

        return new PaymentsFigures
        {
            PaymentsPerSecond = full.Load.DonePerSecond,
            TpcbPerSecond = tpcB.PerSecond,
            Ratio = full.Load.DonePerSecond / tpcB.PerSecond,
            Clean = prefill.Generator.Faultless && full.Load.Clean && open.Load.Clean && checks.Clean,
            TotalSeconds = watch.Elapsed.TotalSeconds,
            Machine = machine,
            PostgresSettings = settings,
            Options = options,
            Tpcb = tpcB,
            Prefill = prefill,
            FullLoad = full,
            OpenLoop = open,
            Checks = checks,
            BrokerVersion = fullPath?.Broker.Version,
        };
    }

    private async Task<(PrefillFigures, FullLoadFigures, OpenLoopFigures)> LoadAsync(
        LoadPhases phases, EngineProcess engine, Action<string> say, CancellationToken cancellation)
    {
        try
        {
            say($"making {options.Existing} orders");
            var prefill = await phases.PrefillAsync(cancellation);
            say($"{prefill.Existing} orders at {prefill.AcknowledgedPerSecond:0} /s; full load for {options.Seconds} s");
            var full = await phases.FullLoadAsync(cancellation);
            say($"{full.Load.DonePerSecond:0} payments/s; half of it for {options.OpenLoopSeconds} s");
            var open = await phases.OpenLoopAsync(Math.Max(1, full.Load.DonePerSecond / 2), cancellation);
            return (prefill, full, open);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && engine.EarlyEnd() is { } reason)
        {
            throw reason;
        }
    }

    private static async Task<CheckFigures> CheckAsync(
        EngineProcess engine,
        EngineProgram program,
        FullPath? fullPath,
        NpgsqlDataSource database,
        IReadOnlyList<long> acknowledged,
        CancellationToken cancellation)
    {
        var outside = fullPath is null ? null : await fullPath.StopAsync(cancellation);
        var stoppedByItself = await engine.StopAsync();
        return new CheckFigures(
            await AcknowledgedCheck.RunAsync(database, acknowledged, cancellation),
            await JournalCheck.RunAsync(database, fullPath?.JournalPath ?? program.JournalPath, acknowledged, cancellation),
            outside is null ? null : ToldCheck.Run(acknowledged, [.. fullPath!.ToldIds], outside),
            await AuditCheck.RunAsync(program, cancellation),
            stoppedByItself,
            engine.LoggedErrors());
    }

    private static async Task<IReadOnlyDictionary<string, string>> SettingsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var rows = await database.RowsAsync("settings", [], row => (Name: row.GetString(0), Value: row.GetString(1)), cancellation);
        return rows.ToDictionary(row => row.Name, row => row.Value);
    }
}
