using System.Diagnostics.Metrics;

namespace PaymentEngine.Runtime.Bus;

/// <summary>What went over the bus. Each figure carries the queue; published and dropped count ids, the others messages.</summary>
public sealed class BusMetrics : IDisposable
{
    public const string MeterName = "PaymentEngine.Bus";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _published;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _handled;
    private readonly Counter<long> _parked;

    public BusMetrics()
    {
        _published = _meter.CreateCounter<long>("payment_engine.bus.published", "{id}", "ids that the broker has confirmed");
        _dropped = _meter.CreateCounter<long>("payment_engine.bus.dropped", "{id}", "ids left to the sweep, because too many wait or nobody listens");
        _handled = _meter.CreateCounter<long>("payment_engine.bus.handled", "{message}", "messages handled");
        _parked = _meter.CreateCounter<long>("payment_engine.bus.parked", "{message}", "messages that no attempt could handle");
    }

    public void Published(string queue, int ids) => _published.Add(ids, Tag(queue));

    public void Dropped(string queue, int ids) => _dropped.Add(ids, Tag(queue));

    public void Handled(string queue) => _handled.Add(1, Tag(queue));

    public void Parked(string queue) => _parked.Add(1, Tag(queue));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string queue) => new("queue", queue);
}
