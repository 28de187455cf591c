using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Payments;

/// <summary>The three loads under which one engine is put, in this order.</summary>
internal sealed class LoadPhases(
    PaymentsOptions options, NpgsqlDataSource database, EngineProcess engine, FullPath? fullPath, int postmasterId, string directory)
{
    // Sockets are opened, queues fill and the first second of compiled code is over.
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(3);

    // Full load leaves pages to write and tables to vacuum; half load is measured when it has become the normal state.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    // A slow engine gets fewer existing orders rather than a benchmark of ten minutes; the report says how many.
    private static readonly TimeSpan PrefillPatience = TimeSpan.FromSeconds(120);

    private const int WatchEvery = 200;

    private readonly List<string> _acknowledgedPaths = [];

    /// <summary>The acknowledged trades of all phases so far.</summary>
    public IEnumerable<long> AcknowledgedIds => _acknowledgedPaths.SelectMany(AcknowledgedTrades.ReadIds);

    /// <summary>Fills the tables through the engine itself.</summary>
    public async Task<PrefillFigures> PrefillAsync(CancellationToken cancellation)
    {
        await using var generator = await GeneratorProcess.StartAsync(Generator("fill") with { Count = options.Existing });
        var result = generator.ResultAsync(cancellation);
        if (await Task.WhenAny(result, Task.Delay(PrefillPatience, cancellation)) != result)
            await generator.StopArrivalsAsync();
        var filled = await result;
        await database.DrainAsync(cancellation);
        var (existing, _) = await database.CountTradesAsync(cancellation);
        return new PrefillFigures(existing, filled.Acknowledged / filled.MeasuredSeconds, filled);
    }

    /// <summary>As much as the engine takes, with a checkpoint in the middle.</summary>
    public async Task<FullLoadFigures> FullLoadAsync(CancellationToken cancellation)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        var checkpoint = CheckpointAfterAsync(Ramp + length / 2, cancellation);
        var load = await MeasureAsync(Generator("full"), Ramp, length, cancellation);
        return new FullLoadFigures(load, await checkpoint);
    }

    /// <summary>A fixed rate that does not wait for the engine, for latencies as merchants see them.</summary>
    public async Task<OpenLoopFigures> OpenLoopAsync(double perSecond, CancellationToken cancellation)
    {
        var generator = Generator("open") with { PerSecond = perSecond, WatchEvery = WatchEvery };
        var length = TimeSpan.FromSeconds(options.OpenLoopSeconds);
        return new OpenLoopFigures(perSecond, await MeasureAsync(generator, options.Quick ? Ramp : Settling, length, cancellation));
    }

    private async Task<LoadFigures> MeasureAsync(GeneratorOptions load, TimeSpan ramp, TimeSpan length, CancellationToken cancellation)
    {
        await using var generator = await GeneratorProcess.StartAsync(load);
        var meter = new CostMeter(database, engine, new CpuMeter(engine.Id, postmasterId, generator.Id, fullPath?.Broker.ProcessId, fullPath?.OutsideId));
        await generator.RunAsync(ramp, cancellation);
        await generator.MeasureAsync();
        var start = await meter.ReadAsync(cancellation);
        await generator.RunAsync(length, cancellation);
        var end = await meter.ReadAsync(cancellation);
        await generator.StopArrivalsAsync();
        var result = await generator.ResultAsync(cancellation);
        var drainSeconds = await database.DrainAsync(cancellation);
        var paid = await database.PaidBetweenAsync(start.At, end.At, cancellation);
        var told = fullPath is null ? null : await database.ToldBetweenAsync(start.At, end.At, cancellation);
        var done = (told ?? paid).Count;
        var seconds = (end.At - start.At).TotalSeconds;
        return new LoadFigures(done, seconds, done / seconds, paid, told, CostPerPayment.Between(start, end, done), result, drainSeconds);
    }

    private async Task<double?> CheckpointAfterAsync(TimeSpan time, CancellationToken cancellation)
    {
        await Task.Delay(time, cancellation);
        return await Checkpoint.IssueAsync(database, cancellation);
    }

    private GeneratorOptions Generator(string runName)
    {
        var path = Path.Combine(directory, $"acknowledged-{runName}");
        _acknowledgedPaths.Add(path);
        return new GeneratorOptions
        {
            Address = engine.Ready.Address,
            ApiKey = engine.Ready.ApiKey,
            RunName = runName,
            Connections = options.Connections,
            NotifyUrl = fullPath?.NotifyUrl,
            RetryPauseMs = options.RetryPauseMs,
            AcknowledgedPath = path,
        };
    }
}
