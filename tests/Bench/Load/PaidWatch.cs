using System.Net;
using System.Text;

namespace PaymentEngine.Bench.Load;

/// <summary>Polls a sample of the acknowledged trades until each is paid, as a merchant would, on connections of its own.</summary>
internal sealed class PaidWatch : IDisposable
{
    private static readonly long PeriodNs = Clock.FromMilliseconds(10);

    private readonly Lane[] _lanes;
    private readonly Stack<Lane> _idle = new();
    private readonly Queue<(long At, Watched Trade)> _due = new(); // in order, because every period is equally long
    private readonly int _firstToken;
    private readonly int _sampleEvery;
    private readonly string _requestTail;
    private readonly Tally _tally;
    private long _seen;

    public PaidWatch(GeneratorOptions options, IPEndPoint server, Epoll epoll, Tally tally)
    {
        _firstToken = options.Connections;
        _sampleEvery = options.WatchEvery;
        _requestTail = $" HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {options.ApiKey}\r\n\r\n";
        _tally = tally;
        var count = _sampleEvery > 0 ? options.WatchConnections : 0;
        _lanes = [.. Enumerable.Range(_firstToken, count).Select(token => new Lane(new Connection(server, epoll, token)))];
        foreach (var lane in _lanes)
            _idle.Push(lane);
    }

    public int Unpaid => _due.Count + _lanes.Length - _idle.Count;

    public long NextAt => _idle.Count > 0 && _due.TryPeek(out var next) ? next.At : long.MaxValue;

    public void Sample(ReadOnlySpan<byte> tradeNo, long intendedAt, long now)
    {
        if (_sampleEvery == 0 || ++_seen % _sampleEvery != 0)
            return;
        var request = Encoding.ASCII.GetBytes($"GET /v1/trades/{Encoding.ASCII.GetString(tradeNo)}{_requestTail}");
        _due.Enqueue((now + PeriodNs, new Watched(request, intendedAt)));
    }

    public void PollDue(long now)
    {
        while (_idle.Count > 0 && _due.TryPeek(out var next) && next.At <= now)
        {
            _due.Dequeue();
            var lane = _idle.Pop();
            lane.Trade = next.Trade;
            lane.Connection.Send(next.Trade.Request);
        }
    }

    public void OnReadable(int token)
    {
        var lane = _lanes[token - _firstToken];
        switch (lane.Connection.Read(out var answer))
        {
            case Reading.Complete:
                OnAnswer(lane, answer, Clock.NowNs());
                break;
            case Reading.Broken:
                _tally.Reconnected();
                lane.Connection.Reconnect();
                if (lane.Trade is { } trade)
                    lane.Connection.Send(trade.Request);
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
        var trade = lane.Trade ?? throw new InvalidDataException("an answer that nobody asked for");
        lane.Trade = null;
        _idle.Push(lane);
        if (answer.Status != 200)
            _tally.Refused(answer);
        else if (answer.Text("\"state\":"u8).SequenceEqual("paid"u8))
            _tally.Paid(trade.IntendedAt, now);
        else
            _due.Enqueue((now + PeriodNs, trade));
    }

    private sealed record Watched(byte[] Request, long IntendedAt);

    private sealed class Lane(Connection connection)
    {
        public Connection Connection { get; } = connection;
        public Watched? Trade { get; set; }
    }
}
