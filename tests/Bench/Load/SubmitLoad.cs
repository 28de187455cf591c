using System.Net;

namespace PaymentEngine.Bench.Load;

/// <summary>Sends payments as they arrive, one in flight per connection, until each is acknowledged or refused.</summary>
internal sealed class SubmitLoad : IDisposable
{
    private readonly Lane[] _lanes;
    private readonly Stack<Lane> _idle = new();
    private readonly Queue<(long At, Lane Lane)> _pauses = new(); // in order, because every pause is equally long
    private readonly PaymentRequest _request;
    private readonly Tally _tally;
    private readonly AcknowledgedTrades _acknowledged;
    private readonly PaidWatch _watch;
    private readonly long _retryPauseNs;
    private Arrivals _arrivals;
    private long _lastNumber;

    public SubmitLoad(GeneratorOptions options, IPEndPoint server, Epoll epoll, Tally tally, AcknowledgedTrades acknowledged, PaidWatch watch)
    {
        _request = new PaymentRequest(server.ToString(), options);
        _lanes = [.. Enumerable.Range(0, options.Connections).Select(token => new Lane(new Connection(server, epoll, token), _request.MaxLength))];
        foreach (var lane in _lanes)
            _idle.Push(lane);
        _tally = tally;
        _acknowledged = acknowledged;
        _watch = watch;
        _retryPauseNs = Clock.FromMilliseconds(options.RetryPauseMs);
        _arrivals = options.PerSecond is { } rate ? Arrivals.Open(rate, Clock.NowNs()) : Arrivals.Closed(options.Count);
    }

    public int Unanswered => _lanes.Length - _idle.Count;

    public bool ArrivalsEnded => _arrivals.Exhausted;

    public long NextAt
    {
        get
        {
            var arrival = _idle.Count > 0 ? _arrivals.NextAt : long.MaxValue;
            return _pauses.TryPeek(out var pause) ? Math.Min(pause.At, arrival) : arrival;
        }
    }

    public void StopArrivals() => _arrivals = Arrivals.None;

    public void SendArrived(long now)
    {
        while (_idle.Count > 0 && _arrivals.TryTake(now, out var intendedAt))
        {
            var lane = _idle.Pop();
            lane.IntendedAt = intendedAt;
            lane.RequestLength = _request.Write(++_lastNumber, lane.Request);
            _tally.Sent(intendedAt, now);
            Send(lane);
        }
    }

    public void SendPaused(long now)
    {
        while (_pauses.TryPeek(out var pause) && pause.At <= now)
        {
            _pauses.Dequeue();
            Send(pause.Lane);
        }
    }

    public void OnReadable(int token)
    {
        var lane = _lanes[token];
        switch (lane.Connection.Read(out var answer))
        {
            case Reading.Complete:
                OnAnswer(lane, answer, Clock.NowNs());
                break;
            case Reading.Broken:
                OnBroken(lane);
                break;
            case Reading.Incomplete:
                break;
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
            lane.Connection.Dispose();
    }

    private void OnAnswer(Lane lane, HttpAnswer answer, long now)
    {
        lane.AwaitsAnswer = false;
        if (answer.Status == 503)
        {
            _tally.Busy();
            _pauses.Enqueue((now + _retryPauseNs, lane));
            return;
        }

        if (answer.Status == 201)
            OnAcknowledged(lane, answer.Text("\"trade_no\":"u8), now);
        else
            _tally.Refused(answer);
        _idle.Push(lane);
    }

    private void OnAcknowledged(Lane lane, ReadOnlySpan<byte> tradeNo, long now)
    {
        if (tradeNo.IsEmpty)
            throw new InvalidDataException("an answer 201 without a trade_no");
        _acknowledged.Add(tradeNo);
        _tally.Acknowledged(lane.IntendedAt, now);
        _watch.Sample(tradeNo, lane.IntendedAt, now);
    }

    private void OnBroken(Lane lane)
    {
        _tally.Reconnected();
        lane.Connection.Reconnect();
        if (lane.AwaitsAnswer)
            Send(lane); // whether it arrived is not known; the key makes the repeat harmless
    }

    private static void Send(Lane lane)
    {
        lane.AwaitsAnswer = true;
        lane.Connection.Send(lane.Request.AsSpan(0, lane.RequestLength));
    }

    private sealed class Lane(Connection connection, int requestLength)
    {
        public Connection Connection { get; } = connection;
        public byte[] Request { get; } = new byte[requestLength];
        public int RequestLength { get; set; }
        public long IntendedAt { get; set; }
        public bool AwaitsAnswer { get; set; }
    }
}
