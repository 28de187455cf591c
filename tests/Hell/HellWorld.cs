using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Tests.Hell;

/// <summary>Two engines on one database, a bank that they know only by HTTP, and a merchant who is told by HTTP.</summary>
internal sealed class HellWorld : IAsyncDisposable
{
    private const string ApiKey = "sk_test_hell";

    /// <summary>Two nodes together may have more calls out than the bank takes: then it drops some.</summary>
    private const int CallsOfANode = 60;
    private const int CallsOfTheBank = 80;

    private readonly List<EngineSettings> _settings = [];

    private HellWorld(TestDatabase database, BankServer bank, NotificationReceiver receiver) =>
        (Database, Bank, Receiver) = (database, bank, receiver);

    public TestDatabase Database { get; }

    public BankServer Bank { get; }

    public NotificationReceiver Receiver { get; }

    public List<EngineProcess> Nodes { get; } = [];

    public string JournalPath { get; private init; } = "";

    public string WebhookSecret { get; private set; } = "";

    public static async Task<HellWorld> CreateAsync(HellOptions options)
    {
        var port = FreePort();
        var settings = new EngineSettings(connectionString: null);
        var bank = await BankServer.StartAsync(
            new BankServerOptions
            {
                Urls = "http://127.0.0.1:0",
                Secret = Encoding.UTF8.GetBytes(DemoSeed.InstitutionSecret),
                CallbackPattern = $"http://127.0.0.1:{port}/callbacks/{{channel}}",
                MaximumParallel = CallsOfTheBank,
                Bank = new SimulatorOptions
                {
                    Profile = "hell",
                    Seed = (ulong)options.Seed,
                    Speed = options.Speed,
                    MinLatencyMs = 10,
                    MaxLatencyMs = 100,
                    JournalPath = settings.JournalPath,
                },
            },
            TimeProvider.System);
        var world = new HellWorld(await TestDatabase.CreateEmptyAsync(), bank, await NotificationReceiver.StartAsync()) { JournalPath = settings.JournalPath };
        world._settings.Add(settings);
        await world.PrepareAsync(options);
        await world.StartNodeAsync($"http://127.0.0.1:{port}");
        await world.StartNodeAsync("http://127.0.0.1:0");
        return world;
    }

    public Task<Ended> AuditAsync() => EngineProgram.RunAsync(_settings[^1], "audit");

    /// <summary>What operations do when the bank has announced its next key.</summary>
    public Task LearnKeyAsync(byte[] key) => Database.ExecuteAsync(
        "update channel_connection set secret = $1", TestDatabase.Secrets.Seal(key, SecretKeeper.OfConnection("simulator")));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Bank.DisposeAsync();
        await Receiver.DisposeAsync();
        await Database.DisposeAsync();
        _settings.ForEach(settings => settings.Dispose());
    }

    /// <summary>The periods of life, as many times shorter as the bank's. Calls are given what they need on this machine.</summary>
    private async Task PrepareAsync(HellOptions options)
    {
        await new Migrator(Database.Sql, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DemoSeed(Database.Sql, TestDatabase.Secrets).PlantAsync(ApiKey, Bank.Address, CancellationToken.None);
        await Database.ExecuteAsync(
            "update channel set send_window = '2 s', resend_safety_delay = '200 ms', maximum_sends = 20");
        await Database.ExecuteAsync($"update channel_connection set maximum_parallel = {CallsOfANode}, queries_per_second = 300");
        await Database.ExecuteAsync(
            """
            update query_plan set first_age = '600 ms', strategy = 'Progressive', period = '1 s', step = '1 s',
                window_end = '15 s', slow_period = greatest($1 / 8, interval '5 s'), last_age = greatest($1, interval '16 s')
            """,
            options.LastAge);
        await new SecretKeeper(Database.Sql, TestDatabase.Secrets).SealAsync(CancellationToken.None);
        var merchant = await Database.ScalarAsync<string>("select number from merchant");
        var sealedSecret = await Database.ScalarAsync<byte[]>("select webhook_secret_sealed from merchant");
        WebhookSecret = Encoding.ASCII.GetString(TestDatabase.Secrets.Open(sealedSecret!, SecretKeeper.OfMerchant(merchant!)));
    }

    private async Task StartNodeAsync(string urls)
    {
        var settings = new EngineSettings(Database.ConnectionString, ApiKey) { Urls = urls };
        _settings.Add(settings);
        settings.Environment["Engine__DemoInstitution"] = Bank.Address.AbsoluteUri;
        settings.Environment["Callbacks__UnmatchedAfter"] = "00:00:30";
        settings.Environment["Notifications__TimeOut"] = "00:00:02";
        settings.Environment["Notifications__SafetyNet"] = "00:00:05";
        for (var retry = 0; retry < 8; retry++)
        {
            settings.Environment[$"Notifications__Retries__{retry}"] = "00:00:01";
        }

        Nodes.Add(await EngineProcess.StartAsync(settings));
    }

    /// <summary>The bank has to know where the engine will be before the engine is there.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
