using PaymentEngine.Tests.Support.Broker;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// A channel application as it is run: a process of its own beside an engine, on one database and one RabbitMQ, with an
/// institution that has an address.
/// </summary>
[Trait("Rule", "C16")]
public sealed class ApplicationProcessTests : IAsyncLifetime
{
    private const string App = "card-app";

    private VirtualHost _host = null!;
    private BankWorld _world = null!;
    private EngineSettings _application = null!;
    private EngineProcess _engine = null!;

    public async Task InitializeAsync()
    {
        _host = await RabbitServer.CreateHostAsync();
        _world = await BankWorld.CreateAsync(_host.ConnectionString);
        _application = await _world.MoveCardsToAsync(App);
        _engine = await EngineProcess.StartAsync(_world.Engine);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _world.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Orders_are_sent_by_the_application_and_by_nobody_else()
    {
        await using var application = await EngineProcess.StartApplicationAsync(_application);
        var crowd = _world.Crowd("APP");

        await SubmitAsync(crowd, more: 200);

        await _world.EverythingIsPaidAndToldAsync(crowd);
        Assert.Equal(["card-app"], await SendersAsync());
        using var stranger = new MerchantClient(application.Address, _engine.ApiKey);
        Assert.Equal(200, (await stranger.GetAsync("/health/ready")).Status);
        Assert.Equal(404, (await stranger.GetAsync("/v1/trades?merchant_order_no=APP-1")).Status);
        Assert.Equal(0, await application.TerminateAsync());
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task An_application_that_is_killed_under_load_loses_nothing_and_pays_nothing_twice()
    {
        var crowd = _world.Crowd("KILLED");
        using var enough = new CancellationTokenSource();
        var load = crowd.SubmitAsync(_engine, enough.Token);
        for (var time = 0; time < 3; time++)
        {
            await using var application = await EngineProcess.StartApplicationAsync(_application);
            await crowd.AcknowledgedAsync(more: 150);
            await application.KillAsync();
        }

        await enough.CancelAsync();
        await load;
        await using var last = await EngineProcess.StartApplicationAsync(_application);

        await _world.EverythingIsPaidAndToldAsync(crowd);
    }

    [Fact]
    public async Task Orders_wait_for_an_application_that_is_away_and_are_sent_when_it_comes()
    {
        var crowd = _world.Crowd("AWAY");
        await SubmitAsync(crowd, more: 200);
        Assert.Equal(
            crowd.Acknowledged.Count,
            await _world.Database.ScalarAsync<long>("select count(*) from institution_order where state = 'Ready' and claimed_by = 0 and sends = 0"));

        await using var application = await EngineProcess.StartApplicationAsync(_application);

        await _world.EverythingIsPaidAndToldAsync(crowd);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task What_no_application_takes_is_closed_by_the_engine_when_its_validity_is_over()
    {
        using var merchant = new MerchantClient(_engine.Address, _engine.ApiKey);
        var trade = await merchant.PostAsync(
            "/v1/trades",
            "key-1",
            """{"merchant_order_no":"LATE-1","amount":"88.00","currency":"CNY","payer":"member-7","payment":{"method":"quick","payer_account":"sim-accept"} }""");
        Assert.Equal((201, "paying"), (trade.Status, trade.State));

        await _world.Database.ExecuteAsync("update trade_order set expires_at = now(); update timer set due_at = now() where kind = 'Expiry'");

        await Eventually.BecomesTrueAsync(
            async () => (await merchant.GetAsync("/v1/trades/" + trade.TradeNo)).State == "closed", "the trade is closed");
        await _world.Judge.TheBooksAreCleanAsync();
    }

    private async Task SubmitAsync(Crowd crowd, int more)
    {
        using var enough = new CancellationTokenSource();
        var load = crowd.SubmitAsync(_engine, enough.Token);
        await crowd.AcknowledgedAsync(more);
        await enough.CancelAsync();
        await load;
    }

    /// <summary>The names of the nodes that claimed orders.</summary>
    private Task<List<string>> SendersAsync() => _world.Database.ReadAsync(
        "select distinct n.name from institution_order o join engine_node n on n.id = o.claimed_by", row => row.GetString(0));
}
