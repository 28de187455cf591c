using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Support.Broker;
using PaymentEngine.Tests.Support.Faults;
using PaymentEngine.Tests.Support.Ledger;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>Everything that a run is about: database, bank, merchants' receiver, and the nodes between them.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string ApiKey = "sk_test_campaign";

    public const string OpsKey = "ops_test_campaign";

    public const string SecondOpsKey = "ops_test_second";

    /// <summary>The bank's hour lasts two and a half seconds.</summary>
    private const double BankSpeed = 1_440;

    /// <summary>An order of which nothing is heard is through in seconds; everything else is as in life, the number of sends too.</summary>
    private const string QuickQueries =
        """
        update channel set send_window = '2 s', resend_safety_delay = '1 s';
        update query_plan set first_age = '1 s', strategy = 'Fixed', period = '1 s', step = '0 s', window_end = '10 min'
        """;

    /// <summary>Long enough for an order that was sent only just now to be sent again.</summary>
    private const string LastQuestions = "update query_plan set window_end = '5 s', slow_period = '1 s', last_age = '6 s'";

    private const string NarrowLine = "update channel_connection set maximum_parallel = 1, queries_per_second = 5";

    private const string WideLine = "update channel_connection set maximum_parallel = 20000, queries_per_second = 500";

    private const string StaleQuestions =
        """
        insert into timer (order_id, kind, trade_id, due_at, lane, token)
        select id, 'Query', trade_id, now(), 'query.' || channel_id, 0 from institution_order where state = 'Succeeded' limit 20
        on conflict do nothing
        """;

    private readonly BankServer _bank;

    private Site(
        DatabaseGround ground, BankServer bank, VirtualHost? broker, NotificationReceiver receiver, IReadOnlyList<Node> nodes, Wires wires)
    {
        (Ground, _bank, Broker, Receiver, Nodes, Wires) = (ground, bank, broker, receiver, nodes, wires);
    }

    public DatabaseGround Ground { get; }

    public TestDatabase Database => Ground.Database;

    /// <summary>Null when the nodes have the bus inside.</summary>
    public VirtualHost? Broker { get; }

    public NotificationReceiver Receiver { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Wires Wires { get; }

    public string JournalPath => JournalOf(Nodes[0]);

    public static async Task<Site> OpenAsync(Plan plan, Ground ground)
    {
        var database = await ground.DatabaseAsync(plan.OnSmallDisk);
        var broker = plan.OnRabbit ? await (await ground.BrokerAsync()).CreateHostAsync() : null;
        var nodes = new List<Node>();
        foreach (var deaths in plan.Deaths)
        {
            var settings = Settings(nodes.Count + 1);
            if (plan.Failpoints.Any(FailpointNeeds.WantsAcceptances))
            {
                settings.Environment["Callbacks__AcceptancePatience"] = "00:00:00";
            }

            var clock = await WallClock.GiveAsync(settings);
            clock.Offset = TimeSpan.FromHours(plan.ClockOffHours[nodes.Count]);
            nodes.Add(new Node(settings, nodes.Count + 1, clock, deaths));
        }

        var (callbacks, address) = WireFaults.To(nodes[Plan.CalledBack(plan.Seed, nodes.Count)].Address);
        var bank = await BankServer.StartAsync(
            new BankServerOptions
            {
                Urls = "http://127.0.0.1:0",
                Secret = Encoding.UTF8.GetBytes(DemoSeed.InstitutionSecret),
                CallbackPattern = $"{address}callbacks/{{channel}}",
                Bank = new SimulatorOptions
                {
                    Profile = plan.Profile,
                    Seed = (ulong)plan.Seed,
                    Speed = BankSpeed,
                    AcceptDelayMs = 2_880_000,
                    JournalPath = JournalOf(nodes[0]),
                },
            },
            TimeProvider.System);
        var wires = Wires.Lay(nodes, database.Database.ConnectionString, broker?.ConnectionString, callbacks, bank.Address);
        var site = new Site(database, bank, broker, await NotificationReceiver.StartAsync(), nodes, wires);
        await site.StartForAsync(FailpointNeeds.IsOfAnEmptyDatabase);
        await site.FurnishAsync();
        if (plan.Failpoints.Any(FailpointNeeds.IsOfTheTurn))
        {
            // Nothing is booked yet, so the day can still be one that is over.
            await database.Database.ExecuteAsync("update ledger_day set day = day - 1");
            await site.StartForAsync(FailpointNeeds.IsOfTheTurn);
        }

        return site;
    }

    /// <summary>Calls to the bank have to wait for each other until this is disposed of.</summary>
    public async Task<IAsyncDisposable> NarrowLineAsync()
    {
        await SayAsync(NarrowLine);
        return new Restored(() => SayAsync(WideLine));
    }

    /// <summary>Trades that wait for their payers are looked at before their time, and wait on.</summary>
    public Task LookAtExpiriesAsync() =>
        SayAsync("update timer set due_at = now() where kind = 'Expiry' and order_id = trade_id and token = 0");

    /// <summary>As if somebody had asked about orders in the moment before they were through: the questions have no reason any more.</summary>
    public Task AskAboutWhatHasEndedAsync() => SayAsync(StaleQuestions);

    /// <summary>A day of the ledger is over, when those before it are closed.</summary>
    public Task NextDayAsync() => LedgerDaysHand.TurnAfterTheLastIsClosedAsync(Database);

    /// <summary>What the bank does not know by now it never will: the last rounds of questions come early.</summary>
    public Task AskForTheLastTimeAsync() => SayAsync(LastQuestions);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await _bank.DisposeAsync();
        await Wires.DisposeAsync();
        await Receiver.DisposeAsync();
        await Ground.DisposeAsync();
        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        foreach (var node in Nodes)
        {
            node.Settings.Dispose();
        }
    }

    private static string JournalOf(Node node) => node.Settings.JournalPath + ".bank";

    private static EngineSettings Settings(int node)
    {
        var settings = new EngineSettings(connectionString: null, ApiKey) { Urls = $"http://127.0.0.1:{Ports.Free()}" };
        settings.Environment["Engine__DemoOpsKeyFile"] = KeyFile(settings, "ops.key", OpsKey);
        settings.Environment["Engine__DemoApproverKeyFile"] = KeyFile(settings, "approver.key", SecondOpsKey);
        settings.Environment["Ledger__BufferFor"] = "00:00:01";
        settings.Environment["Engine__NodeName"] = $"node-{node}";
        settings.Environment["Callbacks__UnmatchedAfter"] = "00:00:03";
        settings.Environment["Notifications__SafetyNet"] = "00:00:02";
        for (var attempt = 0; attempt < 12; attempt++)
        {
            settings.Environment[$"Notifications__Retries__{attempt}"] = attempt < 4 ? "00:00:01" : "00:00:05";
        }

        return settings;
    }

    private static string KeyFile(EngineSettings settings, string name, string key)
    {
        var file = Path.Combine(settings.Directory, name);
        File.WriteAllText(file, key);
        return file;
    }

    /// <summary>When the first node is to die over something that happens once, it comes upon it alone.</summary>
    private async Task StartForAsync(Func<Failpoint, bool> isOfIt)
    {
        var first = Nodes[0];
        if (first.Next is not { } death || !isOfIt(death.Point))
        {
            return;
        }

        first.Keep();
        await Eventually.BecomesTrueAsync(() => first.Next is not { } next || !isOfIt(next.Point), $"the first node dies at {death.Point}");
    }

    /// <summary>To a database that may be hurt at the moment.</summary>
    private Task SayAsync(string sql) => Eventually.BecomesTrueAsync(
        async () =>
        {
            try
            {
                await Database.ExecuteAsync(sql);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        },
        sql);

    /// <summary>What operations have set up before the first merchant comes.</summary>
    private async Task FurnishAsync()
    {
        await new Migrator(Database.Sql, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DemoSeed(Database.Sql, TestDatabase.Secrets).PlantAsync(ApiKey, institution: null, CancellationToken.None);
        await Database.ExecuteAsync(QuickQueries);
    }

    private sealed class Restored(Func<Task> restore) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await restore();
    }
}
