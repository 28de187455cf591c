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
    public async Task A_channel_application_without_a_broker_or_a_name_does_not_start()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var settings = new EngineSettings(database.ConnectionString);

        await IsRefusedAsync(settings, "a channel application needs Bus:Transport=RabbitMq and its name in Bus:Applications:0", "channel-application");
    }

    [Fact]
    public async Task An_engine_whose_port_is_in_use_does_not_start()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var taken = Listener();
        using var settings = new EngineSettings(database.ConnectionString);

        await IsRefusedAsync(settings, "address already in use", "--port", PortOf(taken).ToString());
    }

    [Fact]
    public async Task An_engine_that_finds_its_port_in_use_has_worked_on_no_timer()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var taken = Listener();
        using var settings = new EngineSettings(database.ConnectionString);
        await database.ExecuteAsync("insert into timer (order_id, kind, trade_id, due_at, token) values (1, 'Query', 1, now(), 0)");

        await IsRefusedAsync(settings, "Urls (--port), or an address in Callbacks:Lines: cannot listen there", "--port", PortOf(taken).ToString());
        Assert.Equal(0, await database.ScalarAsync<long>("select token from timer"));
    }

    [Fact]
    public async Task An_engine_whose_institution_keeps_its_journal_in_a_file_of_another_does_not_start()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var settings = new EngineSettings(database.ConnectionString);
        using var held = File.OpenHandle(settings.JournalPath + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        await IsRefusedAsync(settings, $"Simulator:JournalPath: {settings.JournalPath} cannot be opened");
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:8080;https://127.0.0.1:8443")]
    public async Task An_engine_that_is_to_listen_where_it_cannot_does_not_start(string urls)
    {
        using var settings = new EngineSettings("Host=127.0.0.1;Port=1;Username=engine;Password=x;Database=x");

        await IsRefusedAsync(settings, "it must be http://HOST:PORT", $"--Urls={urls}");
    }

    [Fact]
    public async Task An_engine_whose_connection_string_is_none_does_not_start()
    {
        using var settings = new EngineSettings("nonsense=1");

        await IsRefusedAsync(settings, "ConnectionStrings:Engine is not a connection string");
    }

    [Theory]
    [InlineData("Engine__TimeZone", "Nowhere/City", "The time zone ID 'Nowhere/City' was not found")]
    [InlineData("Engine__MaximumInFlight", "0", "The field MaximumInFlight must be between 1 and")]
    [InlineData("Engine__MaximumInFlight", "many", "Failed to convert configuration value 'many' at 'Engine:MaximumInFlight'")]
    [InlineData("Committer__Lanes", "two", "Failed to convert configuration value 'two' at 'Committer:Lanes'")]
    [InlineData("Committer__Lanez", "3", "Committer: there is no setting 'Lanez'")]
    [InlineData("Committer__Pace", "5 ms", "at 'Committer:Pace' to type 'System.TimeSpan': times are written as hh:mm:ss")]
    [InlineData("Alerts__Webhooks__a__Least", "loud", "'loud' at 'Alerts:Webhooks:a:Least'")]
    [InlineData("Alerts__Webhooks__a__Uri", "http://x", "Alerts: there is no setting 'Uri'")]
    [InlineData("Notifications__Retries__0", "15 s", "'15 s' at 'Notifications:Retries:0'")]
    [InlineData("Notifications__Retries__0", "-1", "Notifications:Retries: a wait of -1.00:00:00 cannot be")]
    [InlineData("Telemetry__OtlpEndpoint", "nonsense", "Telemetry:OtlpEndpoint: 'nonsense' is not an http or https address")]
    [InlineData("ConnectionStrings__Brocker", "x", "ConnectionStrings: there is no setting 'Brocker'")]
    [InlineData("Engine__SecretKeyFile", "/", "/ is to be a file with a key, and is a directory")]
    [InlineData("PAYMENT_ENGINE_SECRETS", "/nowhere", "PAYMENT_ENGINE_SECRETS: /nowhere is not a directory")]
    [InlineData("Timers__Lease", "00:00:00", "The field Lease must be between")]
    [InlineData("Simulator__Profile", "unheard-of", "Simulator:Profile (--profile) must be calm, real or hell")]
    public async Task An_engine_with_a_setting_that_makes_no_sense_does_not_start(string name, string value, string why)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var settings = new EngineSettings(database.ConnectionString);
        settings.Environment[name] = value;

        await IsRefusedAsync(settings, why);
    }

    [Fact]
    public async Task An_engine_with_a_section_that_nobody_knows_does_not_start()
    {
        using var settings = new EngineSettings("Host=127.0.0.1;Port=1;Username=engine;Password=x;Database=x");

        await IsRefusedAsync(settings, "Commiter: there is no such setting, nor a section of that name", "--Commiter:Lanes=3");
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
