using System.Diagnostics.Metrics;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>What operations learn of callbacks: how many came and what became of them, by channel.</summary>
public sealed class CallbackMetrics : IDisposable
{
    public const string MeterName = "PaymentEngine.Callbacks";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _received;
    private readonly Counter<long> _handled;

    public CallbackMetrics()
    {
        _received = _meter.CreateCounter<long>("payment_engine.callbacks.received", "{callback}", "Callbacks by result: stored, refused, turned_away");
        _handled = _meter.CreateCounter<long>(
            "payment_engine.callbacks.handled", "{callback}", "Callbacks by result: applied, repeated, early, unmatched, wrong_channel, failed");
    }

    public void Received(string channel, string result) => _received.Add(1, new("channel", channel), new("result", result));

    public void Handled(string channel, string result) => _handled.Add(1, new("channel", channel), new("result", result));

    public void Dispose() => _meter.Dispose();
}
