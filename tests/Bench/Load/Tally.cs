using System.Text;

namespace PaymentEngine.Bench.Load;

/// <summary>What the generator counts. Latencies and rates begin anew with the measurement; faults are never forgotten.</summary>
internal sealed class Tally
{
    private const int Hopeless = 1_000;

    private long _measuringSince = Clock.NowNs();
    private LatencyHistogram _submit = new();
    private LatencyHistogram _unsent = new();
    private LatencyHistogram _endToEnd = new();
    private long _measuredAcknowledged;
    private long _measuredBusy;
    private long _acknowledged;
    private long _reconnected;
    private long _refused;
    private string? _firstRefusal;

    public void StartMeasuring(long now)
    {
        _measuringSince = now;
        _submit = new LatencyHistogram();
        _unsent = new LatencyHistogram();
        _endToEnd = new LatencyHistogram();
        _measuredAcknowledged = 0;
        _measuredBusy = 0;
    }

    public void Sent(long intendedAt, long now)
    {
        if (intendedAt >= _measuringSince)
            _unsent.Record(Clock.ToMicroseconds(now - intendedAt));
    }

    public void Acknowledged(long intendedAt, long now)
    {
        _acknowledged++;
        _measuredAcknowledged++;
        if (intendedAt >= _measuringSince)
            _submit.Record(Clock.ToMicroseconds(now - intendedAt));
    }

    public void Paid(long intendedAt, long now)
    {
        if (intendedAt >= _measuringSince)
            _endToEnd.Record(Clock.ToMicroseconds(now - intendedAt));
    }

    public void Busy() => _measuredBusy++;

    public void Reconnected()
    {
        if (++_reconnected >= Hopeless && _reconnected > _acknowledged)
            throw new InvalidOperationException("the engine closes nearly every connection");
    }

    public void Refused(HttpAnswer answer)
    {
        _refused++;
        _firstRefusal ??= $"{answer.Status} {Encoding.UTF8.GetString(answer.Body)}";
        if (_refused >= Hopeless && _refused > _acknowledged)
            throw new InvalidOperationException($"the engine refuses nearly everything; first: {_firstRefusal}");
    }

    public GeneratorResult Result(long endedAt, int unanswered, int watchedUnpaid) => new()
    {
        MeasuredSeconds = (endedAt - _measuringSince) / 1e9,
        MeasuredAcknowledged = _measuredAcknowledged,
        MeasuredBusy = _measuredBusy,
        Submit = _submit.Summary(),
        Unsent = _unsent.Summary(),
        EndToEnd = _endToEnd.Summary(),
        Acknowledged = _acknowledged,
        Reconnected = _reconnected,
        Refused = _refused,
        FirstRefusal = _firstRefusal,
        Unanswered = unanswered,
        WatchedUnpaid = watchedUnpaid,
    };
}
