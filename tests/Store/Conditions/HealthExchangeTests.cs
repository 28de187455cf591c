using PaymentEngine.Core.Channels;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using Npgsql;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>Two nodes on one database count by themselves and tell each other how channels fare.</summary>
[Trait("Rule", "C6")]
public sealed class HealthExchangeTests(EngineWorld world) : EngineTests(world)
{
    private const string Channel = "sim-card";
    private const string Crossings = "select count(*) from alert_signal where kind = 'channel_ailing'";

    private EngineRig _other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync("delete from channel_health; delete from alert_signal");
        _other = await World.StartAsync();
        await ExchangeAsync(Engine);
    }

    [Fact]
    public async Task what_one_node_counted_the_other_knows_and_both_add_up_C6()
    {
        Count(Engine, -3, "CMB");
        Count(_other, -4);
        await ExchangeAsync(Engine, _other, Engine);

        Assert.Equal([-7, -7], Nodes(node => Health(node)));
        Assert.Equal([-7, -7], Nodes(node => Health(node, "CMB")));
        Count(Engine, 6);
        await ExchangeAsync(Engine, _other);
        Assert.Equal([-1, -1], Nodes(node => Health(node)));
        Assert.Equal([-3, -3], Nodes(node => Health(node, "CMB")));
        Assert.Equal(0, Health(await World.StartAsync(), "PSBC") - Health(Engine, "PSBC"));
    }

    [Fact]
    public async Task payments_count_by_how_they_end_C6()
    {
        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Decline));
        await Engine.QuietAsync();
        Assert.Equal(0, Health(Engine));

        // The time-out counts; that the institution had executed it does not make good for it.
        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal(-1, Health(Engine));

        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        await Engine.QuietAsync();
        Assert.Equal(-2, Health(Engine));

        await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        Assert.Equal(-1, Health(Engine));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task below_minus_10_one_alert_goes_out_and_again_only_after_it_recovered_C6()
    {
        Count(Engine, -8);
        Count(_other, -8);
        await ExchangeAsync(Engine);
        Assert.Equal(0, await Database.ScalarAsync<long>(Crossings));

        await ExchangeAsync(_other, Engine, _other);
        Count(Engine, -1);
        await ExchangeAsync(Engine, _other);
        Assert.Equal(-17, Health(_other));
        Assert.Equal(1, await Database.ScalarAsync<long>(Crossings));

        // At -10 it has not risen above it.
        Count(_other, 7);
        await ExchangeAsync(_other);
        Count(Engine, -1);
        await ExchangeAsync(Engine);
        Assert.Equal((-11, 1), (Health(Engine), await Database.ScalarAsync<long>(Crossings)));

        Count(Engine, 2);
        await ExchangeAsync(Engine);
        Count(Engine, -2);
        await ExchangeAsync(Engine);
        Assert.Equal(2, await Database.ScalarAsync<long>(Crossings));
        Assert.Equal(
            ["sim-card"], await Database.ReadAsync("select distinct subject from alert_signal where kind = 'channel_ailing'", row => row.GetString(0)));
    }

    [Fact]
    public async Task nodes_that_exchange_at_one_instant_lose_nothing_and_ring_once_C6()
    {
        for (var round = 0; round < 12; round++)
        {
            Count(Engine, -1, "CMB");
            Count(_other, -1, "CMB");
            await Task.WhenAll(ExchangeAsync(Engine), ExchangeAsync(_other));
            Assert.Equal(Math.Max(-2 * (round + 1), -20), await Database.ScalarAsync<int>("select value from channel_health where institution = ''"));
        }

        await ExchangeAsync(Engine, _other);
        Assert.Equal([-20, -20], Nodes(node => Health(node, "CMB")));
        Assert.Equal(2, await Database.ScalarAsync<long>(Crossings));
        Assert.Equal(
            ["sim-card", "sim-card with CMB"],
            await Database.ReadAsync("select subject from alert_signal where kind = 'channel_ailing' order by subject", row => row.GetString(0)));
    }

    [Fact]
    public async Task what_could_not_be_told_is_told_when_the_database_is_back_C6()
    {
        Count(Engine, -5);
        await Database.ExecuteAsync("alter table channel_health rename to channel_health_away");
        await Assert.ThrowsAsync<PostgresException>(() => ExchangeAsync(Engine));

        var service = Engine.Part<ConditionExchange>();
        await service.StartAsync(CancellationToken.None);
        Count(Engine, -1);
        Assert.Equal(-6, Health(Engine));
        await Database.ExecuteAsync("alter table channel_health_away rename to channel_health");
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                World.Clock.Advance(TimeSpan.FromSeconds(5));
                return await Database.ScalarAsync<int>("select coalesce(min(value), 0) from channel_health") == -6;
            },
            "the others are told");
        await service.StopAsync(CancellationToken.None);
        await ExchangeAsync(_other);
        Assert.Equal(-6, Health(_other));
    }

    [Fact]
    public async Task a_node_that_stops_has_told_what_it_counted_C6()
    {
        var third = await World.StartAsync();
        Count(third, -2);
        await third.DisposeAsync();
        await ExchangeAsync(Engine);

        Assert.Equal(-2, Health(Engine));
    }

    private static async Task ExchangeAsync(params EngineRig[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.Part<ConditionExchange>().OnceAsync(CancellationToken.None);
        }
    }

    private static void Count(EngineRig node, int steps, string? institution = null)
    {
        for (var i = 0; i < Math.Abs(steps); i++)
        {
            node.Part<ChannelHealth>().Count(Channel, institution, steps < 0 ? HealthSteps.Failure : HealthSteps.Success);
        }
    }

    private static int Health(EngineRig node, string? institution = null) => node.Part<IRouteConditions>().HealthOf(Channel, institution);

    private IEnumerable<int> Nodes(Func<EngineRig, int> of) => [of(Engine), of(_other)];
}
