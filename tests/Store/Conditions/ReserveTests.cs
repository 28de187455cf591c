using PaymentEngine.Core;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>Our own accounts at the institutions, as far as somebody has told us.</summary>
[Trait("Rule", "C8")]
public sealed class ReserveTests(EngineWorld world) : EngineTests(world)
{
    private static readonly Currency Yuan = Currency.Parse("CNY");

    private ReserveDesk Desk => Engine.Part<ReserveDesk>();

    [Fact]
    public async Task what_the_balance_does_not_cover_is_known_here_at_once_and_on_other_nodes_with_the_next_exchange_C8()
    {
        var other = await World.StartAsync();
        Assert.True(Covers(Engine, "sim-card", 1_000_000_00));

        await SetAsync("sim-card", 500_00, 0);
        Assert.Equal((true, false), (Covers(Engine, "sim-card", 500_00), Covers(Engine, "sim-card", 500_01)));
        Assert.True(Covers(Engine, "sim-bank", 500_01));
        Assert.True(Covers(Engine, "sim-card", 500_01, "USD"));
        Assert.True(Covers(other, "sim-card", 500_01));
        await other.Part<ConditionExchange>().OnceAsync(CancellationToken.None);
        Assert.False(Covers(other, "sim-card", 500_01));
    }

    [Fact]
    public async Task one_alert_names_the_account_and_what_is_missing_each_time_it_falls_below_its_threshold_C8()
    {
        await SetAsync("sim-bank", 1_000_00, 1_000_00);
        Assert.Empty(await AlertsAsync());

        await SetAsync("sim-bank", 400_00, 1_000_00);
        await SetAsync("sim-bank", 300_00, 1_000_00);
        Assert.Equal(
            [("sim-bank CNY", "Our account of channel sim-bank holds 400.00 CNY: 600.00 are missing to its threshold of 1000.00")], await AlertsAsync());

        await SetAsync("sim-bank", 2_000_00, 1_000_00);
        await SetAsync("sim-bank", 999_99, 1_000_00);
        Assert.Equal(2, (await AlertsAsync()).Count);

        var listed = Assert.Single(await Desk.ListAsync(CancellationToken.None), reserve => reserve.Channel == "sim-bank");
        Assert.Equal((999_99L, 1_000_00L, 1L, "wu", World.Now), (listed.Balance.Minor, listed.Threshold.Minor, listed.Missing.Minor, listed.SetBy, listed.AsOf));
    }

    [Fact]
    public async Task there_is_no_reserve_without_a_channel_C8() =>
        Assert.Null(await Desk.SetAsync("nobody", Yuan, 1, 1, "wu", CancellationToken.None));

    private static bool Covers(EngineRig node, string channel, long minor, string currency = "CNY") =>
        node.Part<IRouteConditions>().Covers(channel, new RouteFacts
        {
            Operation = "payout",
            Merchant = "M1001",
            Member = "P1",
            Mode = "payout",
            Amount = new Money(minor, Currency.Parse(currency)),
            OrderNo = "A-1",
            LocalTime = default,
            Card = "card",
        });

    private Task<List<(string, string)>> AlertsAsync() =>
        Database.ReadAsync("select subject, text from alert_signal where kind = 'reserve_low' order by id", row => (row.GetString(0), row.GetString(1)));

    private async Task SetAsync(string channel, long balance, long threshold) =>
        Assert.NotNull(await Desk.SetAsync(channel, Yuan, balance, threshold, "wu", CancellationToken.None));
}
