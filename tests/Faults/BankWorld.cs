using System.Text;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Store.Seeds;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// A world in which everybody has an address: the institution is a server that calls back, the merchant is told at
/// another one, and the processes of the engine share a broker, or each has the bus inside.
/// </summary>
internal sealed class BankWorld : IAsyncDisposable
{
    private readonly World _world;
    private readonly BankServer _bank;
    private readonly string? _broker;
    private readonly string _journals;

    private BankWorld(World world, BankServer bank, NotificationReceiver merchant, string? broker, string journals, int port)
    {
        (_world, _bank, Merchant, _broker, _journals) = (world, bank, merchant, broker, journals);
        Engine = Equip(world.Settings);
        Engine.Urls = $"http://127.0.0.1:{port}";
    }

    public TestDatabase Database => _world.Database;

    public Judge Judge => _world.Judge;

    /// <summary>What the institution did.</summary>
    public IEnumerable<JournalEntry> Journal => SimulatorJournal.Stream(Path.Combine(_journals, "bank.jsonl"));

    public NotificationReceiver Merchant { get; }

    /// <summary>The engine that the institution calls back.</summary>
    public EngineSettings Engine { get; }

    /// <param name="broker">Null for none.</param>
    /// <param name="database">Null for one of its own on the server of all tests.</param>
    public static async Task<BankWorld> CreateAsync(string? broker, TestDatabase? database = null)
    {
        var journals = Directory.CreateTempSubdirectory("payment-engine-bank-").FullName;
        // The institution has to know where it calls back before anybody listens there.
        var port = Ports.Free();
        var bank = await BankServer.StartAsync(
            new BankServerOptions
            {
                Urls = "http://127.0.0.1:0",
                Secret = Encoding.UTF8.GetBytes(DemoSeed.InstitutionSecret),
                CallbackPattern = $"http://127.0.0.1:{port}/callbacks/{{channel}}",
                Bank = new SimulatorOptions { AcceptDelayMs = 300, JournalPath = Path.Combine(journals, "bank.jsonl") },
            },
            TimeProvider.System);
        var world = database is null ? await World.CreateAsync() : await World.CreateAsync(database);
        world.Journals.Add(Path.Combine(journals, "bank.jsonl"));
        return new BankWorld(world, bank, await NotificationReceiver.StartAsync(), broker, journals, port);
    }

    /// <summary>Two people of operations, who may all.</summary>
    public Task HirePeopleAsync() => _world.HirePeopleAsync();

    /// <summary>One more process on this database and this broker.</summary>
    public EngineSettings AddNode() => Equip(_world.AddNode());

    /// <summary>A process that calls the institution of card payments, and the only one that does (C16).</summary>
    public async Task<EngineSettings> MoveCardsToAsync(string application)
    {
        await Database.ExecuteAsync("update channel set application = $1 where code = 'sim-card'", application);
        var settings = AddNode();
        settings.Environment["Bus__Applications__0"] = application;
        settings.Environment["Engine__NodeName"] = application;
        return settings;
    }

    /// <summary>From now on neither a question nor a sweep comes in the time of a test: only the bus can carry callbacks and notifications.</summary>
    public async Task DemandTheBusAsync(params EngineSettings[] nodes)
    {
        await Database.ExecuteAsync("update query_plan set first_age = '1 h', window_end = '2 h'");

        // What the institution turns away because it is too much would have to be asked about.
        await Database.ExecuteAsync("update channel_connection set maximum_parallel = 100");
        foreach (var node in nodes)
        {
            node.Environment["Inbox__Grace"] = "00:10:00";
            node.Environment["Notifications__SafetyNet"] = "01:00:00";
        }
    }

    /// <summary>Merchants that are told, and payers whose orders the institution takes first and executes later.</summary>
    public Crowd Crowd(string name) => new(seed: 5, name, difficult: false, Payers.Accept, Merchant.Url());

    /// <summary>Whatever was hurt: nothing is lost, nothing is paid twice, and each merchant was told of each trade.</summary>
    public async Task EverythingIsPaidAndToldAsync(params Crowd[] crowds)
    {
        foreach (var crowd in crowds)
        {
            await Judge.EveryAcknowledgedTradeExistsAsync(crowd);
            Assert.Empty(crowd.Strange);
        }

        await Judge.EveryTradeIsPaidAsync();
        await Judge.EveryOrderNumberHasOneTradeWithOnePaymentAsync();
        await Judge.TheBankExecutedEachOrderOnceAsync();
        await Eventually.BecomesTrueAsync(
            () => Told().IsSupersetOf(crowds.SelectMany(crowd => crowd.Acknowledged).Select(submission => submission.OrderNo)),
            "the merchant is told of every trade");
        await Judge.TheBooksAreCleanAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _bank.DisposeAsync();
        await Merchant.DisposeAsync();
        await _world.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
    }

    private HashSet<string> Told() => [.. Merchant.Received.Where(told => told.Type == "trade.paid").Select(told => (string)told.Json["data"]!["trade"]!["merchant_order_no"]!)];

    private EngineSettings Equip(EngineSettings settings)
    {
        settings.Environment["Engine__DemoInstitution"] = _bank.Address.AbsoluteUri;
        if (_broker is not null)
        {
            settings.Environment["Bus__Transport"] = "RabbitMq";
            settings.Environment["ConnectionStrings__Broker"] = _broker;
        }

        return settings;
    }
}
