namespace PaymentEngine.Tests.Simulation;

/// <summary>
/// One run: some nodes of the engine, its store, an institution, a network and merchants, in a time of their own, on
/// one thread, all from one seed. Ends when nothing is left to happen, or after forty days.
/// </summary>
internal sealed class World
{
    private static readonly TimeSpan TheEnd = TimeSpan.FromDays(40);

    private readonly List<Node> _nodes;
    private Exception? _fault;

    private World(ulong seed, Trace? trace)
    {
        Trace = trace;
        Dice = new Dice(seed);
        Time = new VirtualTime(new DateTimeOffset(2026, 11, 20, Dice.Below(24), Dice.Below(60), 0, TimeSpan.Zero));
        trace?.Follow(Time);
        Facts = new Circumstances(seed, Dice);
        Store = new FakeStore(this);
        Engine = new Desks(this);
        Requests = new RequestDesk(this);
        Institution = new Institution(this);
        Network = new Network(this);
        Wire = new WireLog(this);
        Merchants = new Merchants(this);
        _nodes =
        [
            .. Enumerable.Range(1, Facts.Nodes).Select(place => new Node(this, place, ApplicationSet.EngineOnly, Time.Start)),
            new Node(this, Facts.Nodes + 1, new ApplicationSet([Circumstances.Apart]), Time.Start + Facts.ApplicationAway),
        ];
    }

    public Trace? Trace { get; }

    public Dice Dice { get; }

    public VirtualTime Time { get; }

    public DateTimeOffset Now => Time.Now;

    public Circumstances Facts { get; }

    public Numbers Numbers { get; } = new();

    public FakeStore Store { get; }

    public Desks Engine { get; }

    public RequestDesk Requests { get; }

    public Institution Institution { get; }

    public Network Network { get; }

    public WireLog Wire { get; }

    public Merchants Merchants { get; }

    public bool IsChaos => Now < Time.Start + Facts.ChaosEnds;

    /// <summary>Null when the run keeps all invariants.</summary>
    public static Exception? Run(ulong seed, Trace? trace, Census? census = null)
    {
        var world = new World(seed, trace);
        try
        {
            world.Live();
            if (world._fault is null)
            {
                EndJudge.Judge(world, census);
            }
        }
        catch (Exception fault)
        {
            world._fault ??= fault;
        }

        return world._fault;
    }

    /// <summary>A process that takes the next piece of work; null when none is up.</summary>
    public Node? AnyNode(string application = ApplicationSet.Engine)
    {
        var first = Dice.Below(_nodes.Count);
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[(first + i) % _nodes.Count] is { IsAwake: true } node && node.Applications.Runs(application))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Lets work go its own way; only the database may end it by an exception.</summary>
    public void Run(Task work) => _ = WatchAsync(work);

    private async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OutcomeStayedUnknownException)
        {
            Trace?.Note("the outcome of a commit stayed unknown");
        }
        catch (Exception fault)
        {
            _fault ??= fault;
        }
    }

    private void Live()
    {
        Merchants.Plan();
        Troubles.Plan(this);
        var end = Time.Start + TheEnd;
        while (_fault is null)
        {
            var (own, bank) = (Time.Next ?? DateTimeOffset.MaxValue, Institution.NextDue ?? DateTimeOffset.MaxValue);
            if (own > end && bank > end)
            {
                return;
            }

            if (bank < own)
            {
                Time.GoTo(bank);
                Institution.Advance();
            }
            else
            {
                Time.Step();
            }
        }
    }
}
