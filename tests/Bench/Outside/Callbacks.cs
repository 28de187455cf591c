using System.Net;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Outside;

/// <summary>Tells the engine results, over connections of its own, until each is acknowledged.</summary>
internal sealed class Callbacks : IDisposable
{
    private static readonly long PauseNs = Clock.FromMilliseconds(1_000);

    private readonly Lane[] _lanes;
    private readonly Stack<Lane> _idle = new();
    private readonly Queue<BankOrder> _waiting = new();
    private readonly Queue<(long At, BankOrder Order)> _again = new(); // in order, because every pause is equally long
    private readonly string _host;
    private readonly int _firstToken;
    private readonly Letters _letters;
    private readonly BankJournal _journal;

    public Callbacks(OutsideOptions options, Epoll epoll, int firstToken, Letters letters, BankJournal journal)
    {
        var engine = new Uri(options.EngineAddress);
        var server = new IPEndPoint(IPAddress.Parse(engine.Host), engine.Port);
        (_host, _firstToken, _letters, _journal) = (engine.Authority, firstToken, letters, journal);
        var count = options.CallsBack ? options.CallbackConnections : 0;
        _lanes = [.. Enumerable.Range(firstToken, count).Select(token => new Lane(new Connection(server, epoll, token)))];
        foreach (var lane in _lanes)
            _idle.Push(lane);
    }

    public long Acknowledged { get; private set; }

    /// <summary>Sent once more, because nobody acknowledged the first.</summary>
    public long Repeated { get; private set; }

    public int Open => _waiting.Count + _again.Count + _lanes.Length - _idle.Count;

    public long NextAt => _again.TryPeek(out var next) ? next.At : long.MaxValue;

    public void Tell(BankOrder order)
    {
        _waiting.Enqueue(order);
        SendWaiting();
    }

    public void SendAgain(long now)
    {
        while (_again.TryPeek(out var next) && next.At <= now)
        {
            _again.Dequeue();
            Repeated++;
            Tell(next.Order);
        }
    }

    public void OnReadable(int token, long now)
    {
        var lane = _lanes[token - _firstToken];
        switch (lane.Connection.Read(out var answer))
        {
            case Reading.Complete:
                OnEnd(lane, answer.Status == 200 && answer.Body.SequenceEqual("success"u8), now);
                break;
            case Reading.Broken:
                lane.Connection.Reconnect();
                if (lane.Order is not null)
                    OnEnd(lane, acknowledged: false, now);
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

    private void OnEnd(Lane lane, bool acknowledged, long now)
    {
        var order = lane.Order ?? throw new InvalidDataException("an answer that nobody asked for");
        lane.Order = null;
        _idle.Push(lane);
        if (acknowledged)
        {
            Acknowledged++;
            _journal.Note(order, "callback_acknowledged");
        }
        else
        {
            _again.Enqueue((now + PauseNs, order));
        }

        SendWaiting();
    }

    private void SendWaiting()
    {
        while (_idle.Count > 0 && _waiting.TryDequeue(out var order))
        {
            var lane = _idle.Pop();
            lane.Order = order;
            lane.Connection.Send(_letters.Callback(_host, order));
        }
    }

    private sealed class Lane(Connection connection)
    {
        public Connection Connection { get; } = connection;

        public BankOrder? Order { get; set; }
    }
}
