using System.Diagnostics.Metrics;

namespace PaymentEngine.Store.Commit;

/// <summary>What the committer tells operations: how large its batches are, how long they take, how often one was split.</summary>
public sealed class CommitMetrics : IDisposable
{
    public const string MeterName = "PaymentEngine.Store";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<int> _units;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _splits;
    private readonly Counter<long> _putOff;

    public CommitMetrics()
    {
        _units = _meter.CreateHistogram<int>("payment_engine.commit.units", "{unit}", "Units of work in a transaction");
        _duration = _meter.CreateHistogram<double>("payment_engine.commit.duration", "s", "Time from forming a batch to its answers");
        _splits = _meter.CreateCounter<long>("payment_engine.commit.splits", "{batch}", "Batches that were halved to isolate a unit");
        _putOff = _meter.CreateCounter<long>("payment_engine.commit.put_off", "{unit}", "Units whose limits were counted with all portions locked");
    }

    public long Batches { get; private set; }

    public long Units { get; private set; }

    public void BatchDone(int units, TimeSpan duration)
    {
        Batches++;
        Units += units;
        _units.Record(units);
        _duration.Record(duration.TotalSeconds);
    }

    public void BatchSplit() => _splits.Add(1);

    public void PutOff(int units) => _putOff.Add(units);

    public void Dispose() => _meter.Dispose();
}
