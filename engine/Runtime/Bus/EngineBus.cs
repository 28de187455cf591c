using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PaymentEngine.Runtime.Bus;

/// <summary>The outboxes and what carries their messages. Started and stopped with the process, whether there is a broker or not.</summary>
public sealed class EngineBus : IEngineBus, IHostedService, IDisposable
{
    private readonly MassTransitCarrier _carrier;
    private readonly BusOptions _options;
    private readonly BusMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<EngineBus> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _loops = [];
    private readonly Outbox<long> _callbacks;
    private readonly Outbox<long>[] _notifications;
    private readonly ConcurrentDictionary<string, Lazy<Outbox<(long Trade, long Order)>>> _orders = [];

    public EngineBus(MassTransitCarrier carrier, BusOptions options, BusMetrics metrics, TimeProvider clock, ILogger<EngineBus> log)
    {
        _carrier = carrier;
        _options = options;
        _metrics = metrics;
        _clock = clock;
        _log = log;
        _callbacks = Open<long>(BusQueues.Callbacks, ids => new CallbacksArrived(ids.ToArray()));
        _notifications = [.. Enumerable.Range(0, BusQueues.Lanes).Select(lane =>
            Open<long>(BusQueues.Notifications(lane), ids => new NotificationsWaiting(lane, ids.ToArray())))];
    }

    /// <summary>Whether the broker is there and every handler of this process is attached to its queue.</summary>
    public bool IsAttached => _carrier.IsAttached;

    public void CallbackArrived(long callback) => _callbacks.Add(callback);

    public void NotificationWaiting(int lane, long notification) => _notifications[lane].Add(notification);

    public void OrderWaiting(string application, long trade, long order) =>
        _orders.GetOrAdd(application, static (name, bus) => new(() => bus.OpenOrders(name)), this).Value.Add((trade, order));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _carrier.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _callbacks.Complete();
        Array.ForEach(_notifications, lane => lane.Complete());
        foreach (var orders in _orders.Values)
        {
            orders.Value.Complete();
        }

        _stopping.CancelAfter(_options.DrainTime);
        await Task.WhenAll(_loops);
        await _carrier.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private Outbox<(long Trade, long Order)> OpenOrders(string application) => Open<(long Trade, long Order)>(
        BusQueues.Orders(application),
        ids => new OrdersWaiting(application, Column(ids, id => id.Trade), Column(ids, id => id.Order)));

    private static long[] Column(ReadOnlyMemory<(long Trade, long Order)> ids, Func<(long Trade, long Order), long> column) =>
        Array.ConvertAll(ids.ToArray(), id => column(id));

    private Outbox<TId> Open<TId>(string queue, Func<ReadOnlyMemory<TId>, object> pack)
    {
        var outbox = new Outbox<TId>(queue, pack, _carrier.PublishAsync, _options, _metrics, _clock, _log);
        _loops.Add(outbox.RunAsync(_stopping.Token));
        return outbox;
    }
}
