using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Tests.Broker;

/// <summary>What the bus has counted since this was made.</summary>
internal sealed class Figures : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Queue), long> _sums = [];
    private readonly MeterListener _listener = new();

    public Figures()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == BusMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _sums.AddOrUpdate((instrument.Name.Split('.')[^1], (string)tags[0].Value!), value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long Of(string name, string queue) => _sums.GetValueOrDefault((name, queue));

    public void Dispose() => _listener.Dispose();
}
