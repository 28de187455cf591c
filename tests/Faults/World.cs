using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Tests.Faults;

/// <summary>What outlives an engine: its database, and the institution's truth. Whoever starts here goes on from there.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string ApiKey = "sk_test_faults";

    /// <summary>
    /// The plan of the demonstration asks after twelve seconds; here an order of which nothing is heard is through in
    /// a few. A call of the simulated institution takes a fifth of a second, so two are still a safe send window. An
    /// order may be sent as often as an engine is killed over it, and once more; in life a person looks after five times.
    /// </summary>
    private const string QuickQueries =
        """
        update channel set send_window = '2 s', resend_safety_delay = '1 s', maximum_sends = 100;
        update query_plan set first_age = '1 s', strategy = 'Fixed', period = '1 s', step = '0 s', window_end = '10 min'
        """;

    private readonly List<EngineSettings> _nodes = [];

    private World(TestDatabase database)
    {
        Database = database;
        Settings = AddNode();
        Judge = new Judge(database, _nodes, Journals);
    }

    public TestDatabase Database { get; }

    public EngineSettings Settings { get; }

    public Judge Judge { get; }

    /// <summary>Of institutions that have an address of their own.</summary>
    public List<string> Journals { get; } = [];

    /// <summary>One more node on this database, with a simulated institution of its own.</summary>
    public EngineSettings AddNode()
    {
        var settings = new EngineSettings(Database.ConnectionString, ApiKey);
        settings.Environment["Simulator__AcceptDelayMs"] = "300";
        _nodes.Add(settings);
        return settings;
    }

    /// <summary>Two people of operations, who may all: the keys maker and checker are theirs.</summary>
    public Task HirePeopleAsync() => Database.ExecuteAsync(
        "insert into ops_key (key_hash, actor) values (sha256(convert_to('maker', 'UTF8')), 'maker'), (sha256(convert_to('checker', 'UTF8')), 'checker')");

    /// <summary>A database that is there already, as a restored one is.</summary>
    public static World On(TestDatabase database) => new(database);

    public static async Task<World> CreateAsync() => await CreateAsync(await TestDatabase.CreateEmptyAsync());

    public static async Task<World> CreateAsync(TestDatabase database)
    {
        await new Migrator(database.Sql, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DemoSeed(database.Sql, TestDatabase.Secrets).PlantAsync(ApiKey, institution: null, CancellationToken.None);
        await database.ExecuteAsync(QuickQueries);
        return new World(database);
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.ForEach(node => node.Dispose());
        await Database.DisposeAsync();
    }
}
