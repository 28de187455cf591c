using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Tests.Faults;

/// <summary>What keeps an engine from starting is said in one line, under an exit code that supervisors know (EX_CONFIG).</summary>
public sealed class StartUpTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>
{
    private const int Unfit = 78;

    [Fact]
    public async Task An_engine_without_a_connection_string_does_not_start()
    {
        using var settings = new EngineSettings(connectionString: null);

        await IsRefusedAsync(settings, "no database: set ConnectionStrings:Engine");
    }

    [Fact]
    public async Task An_engine_whose_database_cannot_be_reached_does_not_start()
    {
        int closed;
        using (var listener = Listener())
        {
            closed = PortOf(listener);
        }

        using var settings = new EngineSettings($"Host=127.0.0.1;Port={closed};Username=engine;Password=x;Database=x");

        await IsRefusedAsync(settings, $"the database cannot be used: Failed to connect to 127.0.0.1:{closed}");
    }

    [Fact]
    public async Task An_engine_on_a_database_that_may_lose_what_it_acknowledged_does_not_start()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        using var settings = new EngineSettings(database.ConnectionString);
        await cluster.ConfigureAsync("fsync = off\nfull_page_writes = off\nsynchronous_commit = off");
        await cluster.StopAsync();
        await cluster.StartAsync();

        await IsRefusedAsync(
            settings,
            "this database is not fit for payments: fsync is off, it must be on; full_page_writes is off, it must be on; synchronous_commit is off, it must be on");
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public async Task An_engine_whose_port_is_in_use_does_not_start()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var taken = Listener();
        using var settings = new EngineSettings(database.ConnectionString);

        await IsRefusedAsync(settings, "address already in use", "--port", PortOf(taken).ToString());
    }

    [Theory]
    [InlineData("Engine__TimeZone", "Nowhere/City", "The time zone ID 'Nowhere/City' was not found")]
    [InlineData("Engine__MaximumInFlight", "0", "The field MaximumInFlight must be between 1 and")]
    [InlineData("Engine__MaximumInFlight", "many", "Failed to convert configuration value 'many' at 'Engine:MaximumInFlight'")]
    [InlineData("Committer__Lanes", "two", "Failed to convert configuration value 'two' at 'Committer:Lanes'")]
    [InlineData("Timers__Lease", "00:00:00", "The field Lease must be between")]
    [InlineData("Simulator__Profile", "unheard-of", "The Profile field does not equal any of the values")]
    public async Task An_engine_with_a_setting_that_makes_no_sense_does_not_start(string name, string value, string why)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var settings = new EngineSettings(database.ConnectionString);
        settings.Environment[name] = value;

        await IsRefusedAsync(settings, why);
    }

    private static async Task IsRefusedAsync(EngineSettings settings, string why, params string[] arguments)
    {
        var ended = await EngineProgram.RunAsync(settings, arguments);

        Assert.Equal((Unfit, 1), (ended.ExitCode, ended.Errors.Count(c => c == '\n')));
        Assert.StartsWith("payment-engine: ", ended.Errors, StringComparison.Ordinal);
        Assert.Contains(why, ended.Errors, StringComparison.Ordinal);
    }

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
