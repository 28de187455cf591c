using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Tests.Faults;

/// <summary>Somebody is told when the database or the broker is away, although nothing can be written down meanwhile.</summary>
[Trait("Rule", "P3")]
public sealed class OutageAlertTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>, IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private NotificationReceiver _webhook = null!;

    public async Task InitializeAsync() => _webhook = await NotificationReceiver.StartAsync();

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Fact]
    public async Task a_database_that_is_away_is_told_at_once_and_listed_when_it_is_back_P3()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        Listen(world.Settings);
        await using var engine = await EngineProcess.StartAsync(world.Settings);

        await cluster.StopAsync();
        await Eventually.BecomesTrueAsync(() => ToldOf("database_away").Count == 1, "it is told that the database is away");
        var away = _webhook.Received[0];
        Assert.True(away.IsSignedWith(Secret));
        Assert.Contains("takes no payments", ToldOf("database_away")[0].Text, StringComparison.Ordinal);

        await cluster.StartAsync();
        await Eventually.BecomesTrueAsync(() => ToldOf("database_away").Count == 2, "it is told that the database is back");
        world.Database.Sql.Clear();
        Assert.Equal(
            ToldOf("database_away")[1].Id,
            await world.Database.ScalarAsync<long>("select id from alert where kind = 'database_away' and text like '%reaches its database again%'"));
    }

    [Fact]
    public async Task a_broker_that_is_away_is_told_once_and_payments_go_on_P3()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        Listen(world.Settings);
        world.Settings.Environment["Bus__Transport"] = "RabbitMq";
        world.Settings.Environment["ConnectionStrings__Broker"] = $"amqp://nobody:nothing@127.0.0.1:{ClosedPort()}/";
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var merchant = new MerchantClient(engine.Address, engine.ApiKey);

        await Eventually.BecomesTrueAsync(() => ToldOf("broker_away").Count > 0, "it is told that the broker is away");

        Assert.Equal(201, (await new Submission("A-1").SendAsync(merchant)).Status);
        await world.Judge.EveryTradeIsPaidAsync();
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select times from alert where kind = 'broker_away'"));
    }

    private void Listen(EngineSettings settings)
    {
        settings.Environment["Alerts__Webhooks__on-call__Url"] = _webhook.Url();
        settings.Environment["Alerts__Webhooks__on-call__Secret"] = Secret;
        settings.Environment["Alerts__AwayAfter"] = "00:00:01";
        settings.Environment["Alerts__Gather"] = "00:00:00";
    }

    private List<(long Id, string Text)> ToldOf(string kind) =>
    [
        .. _webhook.Received.SelectMany(received => received.Json["data"]!["alerts"]!.AsArray())
            .Where(alert => (string)alert!["kind"]! == kind)
            .Select(alert => ((long)alert!["id"]!, (string)alert["text"]!)),
    ];

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
