namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>The timers of the store: one of a kind for each order, leased by a token, by the store's own clock.</summary>
internal sealed class Timers(World world)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(OrderId Order, TimerKind Kind), Row> _rows = [];
    private long _token;

    public int Count => _rows.Count;

    public IEnumerable<(OrderId Order, TimerKind Kind)> All => _rows.Keys;

    public bool Has(OrderId order, TimerKind kind) => _rows.ContainsKey((order, kind));

    public void Write(UnitOfWork unit)
    {
        // The lease goes first: a handler that arms its timer anew must not delete what it has just armed.
        if (unit.HandledTimer is { } handled)
        {
            Discard(handled);
        }

        foreach (var timer in unit.Timers)
        {
            if (timer.DueAt is { } dueAt)
            {
                Put(unit.Family.Trade.Id, timer.Order, timer.Kind, timer.Lane, dueAt, token: 0);
            }
            else
            {
                _rows.Remove((timer.Order, timer.Kind));
            }
        }
    }

    public void Discard(DueTimer timer)
    {
        if (_rows.TryGetValue((timer.Order, timer.Kind), out var row) && row.Token == timer.Token)
        {
            _rows.Remove((timer.Order, timer.Kind));
        }
    }

    public void PutOff(DueTimer timer, DateTimeOffset dueAt)
    {
        if (_rows.TryGetValue((timer.Order, timer.Kind), out var row) && row.Token == timer.Token)
        {
            Put(row.Trade, timer.Order, timer.Kind, row.Lane, dueAt, token: 0);
        }
    }

    private void Put(OrderId trade, OrderId order, TimerKind kind, string lane, DateTimeOffset dueAt, long token)
    {
        _rows[(order, kind)] = new Row(trade, lane, dueAt, token);
        world.Time.At(dueAt + world.Dice.Ms(0, 200), () => Claim(order, kind));
    }

    /// <summary>Some node finds the timer, if it is due then; none is missed, as each change of a timer plans its own.</summary>
    private void Claim(OrderId order, TimerKind kind)
    {
        if (!_rows.TryGetValue((order, kind), out var row) || row.DueAt > world.Now)
        {
            return;
        }

        if (world.AnyNode(ApplicationOf(row.Lane)) is not { } node)
        {
            world.Time.In(TimeSpan.FromSeconds(1), () => Claim(order, kind));
            return;
        }

        var timer = new DueTimer(row.Trade, order, kind, ++_token, row.DueAt);
        Put(row.Trade, order, kind, row.Lane, world.Now + Lease, timer.Token);
        world.Trace?.Note($"node {node.Id} claims the {kind} timer of {order}");
        world.Engine.Handle(node, timer);
    }

    /// <summary>A channel's questions wait in a lane of their own, whoever calls its institution.</summary>
    private string ApplicationOf(string lane) =>
        world.Facts.Directory.Channels.FirstOrDefault(channel => channel.QuestionLane == lane)?.Application ?? lane;

    private readonly record struct Row(OrderId Trade, string Lane, DateTimeOffset DueAt, long Token);
}
