using System.Diagnostics.Metrics;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>What operations learn of vouchers: how many this node made, and how old the oldest is that waits for its turn.</summary>
public sealed class VoucherMetrics : IDisposable
{
    public const string MeterName = "PaymentEngine.GeneralLedger";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _made;
    private readonly Counter<long> _failed;
    private readonly TimeProvider _clock;

    private DateTimeOffset _caughtUp;

    public VoucherMetrics(TimeProvider clock)
    {
        (_clock, _caughtUp) = (clock, clock.GetUtcNow());
        _made = _meter.CreateCounter<long>("payment_engine.vouchers.made", "{voucher}", "Vouchers that this node made");
        _failed = _meter.CreateCounter<long>("payment_engine.vouchers.failed", "{posting}", "Postings of which none could be made");
        _meter.CreateObservableGauge(
            "payment_engine.vouchers.backlog_age", () => BacklogAge.TotalSeconds, "s", "Since nothing was left to be made");
    }

    public TimeSpan BacklogAge => _clock.GetUtcNow() - _caughtUp;

    public void Made(int vouchers, int failures)
    {
        _made.Add(vouchers);
        _failed.Add(failures);
    }

    public void CaughtUp() => _caughtUp = _clock.GetUtcNow();

    public void Dispose() => _meter.Dispose();
}
