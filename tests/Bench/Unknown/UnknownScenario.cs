using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Checks;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Bench.Outside;
using PaymentEngine.Bench.Payments;
using PaymentEngine.Store.Seeds;

namespace PaymentEngine.Bench.Unknown;

/// <summary>
/// Orders are executed and never answered; then all their questions fall due at once, in every other window, while new
/// payments go on. A third of the backlog is behind a line of few places, the rest behind the line of the new payments.
/// </summary>
internal sealed class UnknownScenario(UnknownOptions options, PostgresCluster cluster, string directory, TextWriter progress)
{
    public const int SmallChannel = 102;
    public const int SmallPlaces = 40;

    private const string Database = "bench_unknown";
    private const int ManyPlaces = 20_000;
    private const int QuestionsPerSecond = 500;
    private const int QuestionsPerSecondAtTheEnd = 5_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);

    // Nodes look at their directory every few seconds.
    private static readonly TimeSpan DirectoryPatience = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _port = FreePort.Find();

    public async Task<UnknownFigures> RunAsync(CancellationToken cancellation)
    {
        var machine = await MachineFacts.ReadAsync(TimeProvider.System, cancellation);
        var postmasterId = await cluster.PostmasterIdAsync(cancellation);
        await using var database = await cluster.CreateDatabaseAsync(Database, cancellation);
        var program = new EngineProgram(EngineProgram.DefaultDll, cluster.ConnectionStringOf(Database), InstitutionFile.In(directory));
        await using var engine = await EngineProcess.StartAsync(
            program, directory, [("Engine__DemoInstitution", $"http://127.0.0.1:{_port}/")], cancellation);
        await using var outside = await OutsideProcess.StartAsync(OutsideOptions(engine), cancellation);

        await database.ExecuteAsync("unknown-plan", [], cancellation);
        await SetLinesAsync(database, program, ManyPlaces, QuestionsPerSecond, cancellation);
        Say($"making {options.Orders} orders that nobody answers");
        await using (var fill = await GeneratorProcess.StartAsync(Generator(engine, "unknown") with { Count = options.Orders, PayerAccount = "unknown000" }))
            await fill.ResultAsync(cancellation);
        var backlog = await AllUnansweredAsync(database, cancellation);
        await SetLinesAsync(database, program, SmallPlaces, QuestionsPerSecond, cancellation);

        var windows = await MeasureAsync(engine, outside, database, postmasterId, backlog.LastTrade, cancellation);
        Say("the lines are opened; every order gets its result");
        await SetLinesAsync(database, program, ManyPlaces, QuestionsPerSecondAtTheEnd, cancellation);
        var undecided = await LetEndAsync(database, backlog.LastTrade, cancellation);
        await database.DrainAsync(cancellation);
        await engine.StopAsync();
        var acknowledged = AcknowledgedTrades.ReadIds(Path.Combine(directory, "new")).Concat(AcknowledgedTrades.ReadIds(Path.Combine(directory, "unknown")));
        return new UnknownFigures(
            options,
            machine,
            backlog.Count,
            windows,
            undecided,
            await AcknowledgedCheck.RunAsync(database, acknowledged, cancellation),
            await AuditCheck.RunAsync(program, cancellation),
            engine.LoggedErrors());
    }

    private async Task<List<Window>> MeasureAsync(
        EngineProcess engine, OutsideProcess outside, NpgsqlDataSource database, int postmasterId, long lastTrade, CancellationToken cancellation)
    {
        await using var load = await GeneratorProcess.StartAsync(Generator(engine, "new") with { Methods = ["quick", "wallet"] });
        var windows = new List<Window>();
        for (var i = 0; i < 2 * options.Windows; i++)
        {
            // Without, with, with, without: what drifts in the meantime helps neither.
            var isDue = i % 4 is 1 or 2;
            await database.ExecuteAsync("questions-due", [isDue ? DateTime.UtcNow : DateTime.UtcNow.AddDays(1), lastTrade], cancellation);
            await load.RunAsync(Settling, cancellation);
            await outside.MeasureAsync(cancellation);
            var cpu = new CpuMeter(engine.Id, postmasterId, load.Id, brokerId: null, outside.Id);
            var (from, before) = (DateTime.UtcNow, cpu.Read());
            await load.RunAsync(TimeSpan.FromSeconds(options.Seconds), cancellation);
            var (until, used) = (DateTime.UtcNow, cpu.Read() - before);
            var crowds = (await outside.MeasureAsync(cancellation)).Channels;
            var paid = await database.SingleAsync("new-paid-in-window", [lastTrade, from, until], row => row.GetInt64(0), cancellation);
            var seconds = (until - from).TotalSeconds;
            var others = (used.Machine - used.Engine - used.Postgres - used.Generator - used.Outside) / seconds;
            var waiting = await BacklogAsync(database, lastTrade, cancellation);
            windows.Add(new Window(isDue, seconds, paid / seconds, waiting.Count, others, crowds));
            Say($"{(isDue ? "with" : "without")} the backlog: {paid / seconds:0} payments/s");
        }

        await load.StopArrivalsAsync();
        await load.ResultAsync(cancellation);
        return windows;
    }

    /// <summary>Calls that are out end in their windows; then the number is final.</summary>
    private static async Task<(long Count, long LastTrade)> AllUnansweredAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await Task.Delay(Settling, cancellation);
        return await BacklogAsync(database, long.MaxValue, cancellation);
    }

    private static async Task<long> LetEndAsync(NpgsqlDataSource database, long lastTrade, CancellationToken cancellation)
    {
        await database.ExecuteAsync("questions-due", [DateTime.UtcNow, lastTrade], cancellation);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < EndPatience)
        {
            if ((await BacklogAsync(database, lastTrade, cancellation)).Count == 0)
                return 0;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        return (await BacklogAsync(database, lastTrade, cancellation)).Count;
    }

    private static Task<(long Count, long LastTrade)> BacklogAsync(NpgsqlDataSource database, long lastTrade, CancellationToken cancellation) =>
        database.SingleAsync("backlog", [lastTrade], row => (row.GetInt64(0), row.GetInt64(1)), cancellation);

    private static async Task SetLinesAsync(
        NpgsqlDataSource database, EngineProgram program, int places, int questionsPerSecond, CancellationToken cancellation)
    {
        await database.ExecuteAsync(
            "unknown-lines", [program.Sealed(DemoSeed.InstitutionSecret, line: "online bank"), places, questionsPerSecond], cancellation);
        await Task.Delay(DirectoryPatience, cancellation);
    }

    private OutsideOptions OutsideOptions(EngineProcess engine) => new()
    {
        Port = _port,
        EngineAddress = engine.Ready.Address,
        Secret = DemoSeed.InstitutionSecret,
        CallsBack = false,
        JournalPath = InstitutionFile.OutsideIn(directory),
        ToldPath = Path.Combine(directory, "told"),
    };

    private GeneratorOptions Generator(EngineProcess engine, string runName) => new()
    {
        Address = engine.Ready.Address,
        ApiKey = engine.Ready.ApiKey,
        RunName = runName,
        Connections = options.Connections,
        AcknowledgedPath = Path.Combine(directory, runName),
    };

    private void Say(string what) => progress.WriteLine($"[{_watch.Elapsed.TotalSeconds,5:0.0} s] {what}");
}
