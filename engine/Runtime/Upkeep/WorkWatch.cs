using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Store.Orders;

namespace PaymentEngine.Runtime.Upkeep;

/// <summary>
/// Tells operations how much waits for people: read from the database now and then, so that every node tells the same,
/// also of what another node put on the list.
/// </summary>
public sealed class WorkWatch : BackgroundService
{
    public const string MeterName = "PaymentEngine.Runtime";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly Meter _meter = new(MeterName);
    private readonly WorkListStore _work;
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkWatch> _log;
    private volatile OpenWork? _open;

    public WorkWatch(WorkListStore work, TimeProvider clock, ILogger<WorkWatch> log)
    {
        (_work, _clock, _log) = (work, clock, log);
        _meter.CreateObservableGauge(
            "payment_engine.work_items.open", () => By("kind", _open?.Items), "{order}", "Orders that wait for a person");
        _meter.CreateObservableGauge(
            "payment_engine.differences.open", () => By("kind", _open?.Differences), "{difference}", "Differences that nobody has settled");
        _meter.CreateObservableGauge(
            "payment_engine.applications.overdue",
            () => By("application", _open?.Overdue),
            "{order}",
            "Orders that a channel application should have sent or asked about");
    }

    public async Task LookAsync(CancellationToken cancellation)
    {
        var open = await _work.CountAsync(cancellation);

        foreach (var (application, orders) in open.Overdue)
        {
            if (_open is null || _open.Overdue.GetValueOrDefault(application) == 0)
            {
                _log.LogWarning("{Orders} orders are overdue in the lane of {Application}: nobody runs this channel application", orders, application);
            }
        }

        // A kind of which nothing is open any more has to be told as zero once it has been told.
        _open = _open is { } before
            ? new OpenWork(Over(before.Items, open.Items), Over(before.Differences, open.Differences), Over(before.Overdue, open.Overdue))
            : open;
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        try
        {
            do
            {
                await TryLookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAsync(cancellation);
        }
        catch (NpgsqlException unreachable)
        {
            _log.LogWarning(unreachable, "what waits for people will be counted again");
        }
    }

    private static Dictionary<string, long> Over(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> now)
    {
        var kinds = before.Keys.ToDictionary(kind => kind, _ => 0L);
        foreach (var (kind, count) in now)
        {
            kinds[kind] = count;
        }

        return kinds;
    }

    private static IEnumerable<Measurement<long>> By(string tag, IReadOnlyDictionary<string, long>? counts) =>
        (counts ?? new Dictionary<string, long>()).Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>(tag, count.Key)));
}
