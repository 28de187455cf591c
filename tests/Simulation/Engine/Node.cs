namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>
/// A process of the engine. It can be killed at any step, which ends everything that it was about to do, and it can be
/// stopped for a while, after which it goes on as if nothing had happened. Its clock is the database's, as near as a
/// reading over the network makes it.
/// </summary>
/// <param name="applications">What it runs: an engine, or a channel application in a process of its own.</param>
/// <param name="startsAt">Until then it is not there.</param>
internal sealed class Node(World world, int place, ApplicationSet applications, DateTimeOffset startsAt)
{
    private readonly Dictionary<OrderId, Queue<Promise<bool>>> _gates = [];
    private int _life = 1;
    private DateTimeOffset _asleepUntil = startsAt;

    /// <summary>Which start of which node this is.</summary>
    public int Id => place * 1_000 + _life;

    public ApplicationSet Applications { get; } = applications;

    /// <summary>What institutions have accepted a moment ago; waits for the callback.</summary>
    public Dictionary<string, (TradeFamily Family, OrderMessage Message)> Acceptances { get; } = [];

    public bool IsUp { get; private set; } = true;

    public bool IsAwake => IsUp && world.Now >= _asleepUntil;

    public TimeSpan ClockError { get; } = world.Dice.Ms(-200, 200);

    public DateTimeOffset Now => world.Now + ClockError;

    public Pause Pause(TimeSpan time) => new(this, time);

    /// <summary>Every step may be the last one for now.</summary>
    public void After(TimeSpan time, Action goOn)
    {
        var life = _life;
        world.Time.In(time, () => Resume(life, goOn));
        if (world.IsChaos && IsUp)
        {
            if (world.Dice.Chance(world.Facts.CrashRate))
            {
                world.Time.In(world.Dice.Between(TimeSpan.Zero, time), Crash);
            }
            else if (world.Dice.Chance(world.Facts.SleepRate))
            {
                Sleep(world.Dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(180)));
            }
        }
    }

    /// <summary>What comes from outside is for the process that asked for it.</summary>
    public Action<Action> Here()
    {
        var life = _life;
        return goOn => Resume(life, goOn);
    }

    /// <summary>One decision at a time at a trade, through its commit.</summary>
    public async ValueTask EnterAsync(OrderId trade)
    {
        if (!_gates.TryGetValue(trade, out var waiting))
        {
            _gates.Add(trade, new Queue<Promise<bool>>());
            return;
        }

        var turn = new Promise<bool>();
        waiting.Enqueue(turn);
        await turn;
    }

    public void Leave(OrderId trade)
    {
        if (_gates[trade].TryDequeue(out var next))
        {
            next.Keep(true);
        }
        else
        {
            _gates.Remove(trade);
        }
    }

    private void Crash()
    {
        if (!IsUp)
        {
            return;
        }

        world.Trace?.Note($"node {Id} is killed");
        IsUp = false;
        _life++;
        _gates.Clear();
        Acceptances.Clear();
        _asleepUntil = default;
        world.Time.In(world.Dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(90)), () =>
        {
            IsUp = true;
            world.Trace?.Note($"node {Id} starts");
        });
    }

    private void Sleep(TimeSpan time)
    {
        world.Trace?.Note($"node {Id} is stopped for {time.TotalSeconds:F0} s");
        _asleepUntil = world.Now + time;
    }

    private void Resume(int life, Action goOn)
    {
        if (life != _life)
        {
            return;
        }

        if (world.Now < _asleepUntil)
        {
            world.Time.At(_asleepUntil, () => Resume(life, goOn));
        }
        else
        {
            goOn();
        }
    }
}
