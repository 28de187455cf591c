using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Store.Routing;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>What failed for a card is remembered in the commit that fails it, and known on every node soon after.</summary>
[Trait("Rule", "C9")]
public sealed class CardMemoryTests(EngineWorld world) : EngineTests(world)
{
    private const string Channel = "sim-card";

    private static readonly string Card = CardMark.Of(Payers.Decline);

    private EngineRig _other = null!;

    public override async Task InitializeAsync()
    {
        await Database.ExecuteAsync("delete from card_memory; delete from card_funds; delete from channel_health");
        await base.InitializeAsync();
        _other = await World.StartAsync();
    }

    [Fact]
    public async Task a_channel_that_failed_for_a_card_is_kept_from_it_for_half_an_hour_on_all_nodes_C9()
    {
        var began = World.Now;
        await FailAsync("system_down", ofTheChannel: true);

        Assert.Equal(
            [(Card, 101, began.AddMinutes(30))],
            await Database.ReadAsync("select card, channel_id, until from card_memory", row => (row.GetString(0), row.GetInt32(1), new DateTimeOffset(row.GetDateTime(2)))));
        Assert.True(Knows(Engine));
        Assert.False(Knows(_other));
        Assert.Equal(-1, Engine.Part<IRouteConditions>().HealthOf(Channel, null));

        await ReadAsync(_other);
        Assert.True(Knows(_other));
        Assert.False(_other.Part<IRouteConditions>().FailedForCard(Card, "sim-bank"));
        Assert.False(_other.Part<IRouteConditions>().FailedForCard(CardMark.Of(Payers.Good), Channel));
        Assert.True(Knows(await World.StartAsync()));

        World.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Equal((true, true), (Knows(Engine), Knows(_other)));
        World.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, false), (Knows(Engine), Knows(_other)));
        await Engine.Part<CardMemory>().ForgetAsync(CancellationToken.None);
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from card_memory"));
        World.Clock.Advance(TimeSpan.FromSeconds(1));
        await Engine.Part<CardMemory>().ForgetAsync(CancellationToken.None);
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from card_memory"));
    }

    [Fact]
    public async Task what_the_card_could_not_at_this_channel_is_remembered_too_and_counts_not_against_the_channel_C9()
    {
        await FailAsync("card_not_supported", ofTheChannel: false);

        Assert.True(Knows(Engine));
        Assert.Equal(0, Engine.Part<IRouteConditions>().HealthOf(Channel, null));
    }

    [Fact]
    public async Task a_channel_remembers_for_as_long_as_its_setup_says_C9()
    {
        await RememberAsync("2h");
        await FailAsync("system_down", ofTheChannel: true);
        World.Clock.Advance(TimeSpan.FromHours(1.9));
        Assert.True(Knows(Engine));

        await RememberAsync("0s");
        World.Clock.Advance(TimeSpan.FromHours(0.2));
        await FailAsync("system_down", ofTheChannel: true);
        Assert.False(Knows(Engine));
    }

    private Task<int> RememberAsync(string time) => Engine.PutIntoForceAsync(
        RoutingItem.Setup,
        $$"""
        classes: [{mode: quick, channels: [{{Channel}}]}]
        channels: [{code: {{Channel}}, card_memory: {{time}}, interfaces: [{code: pay, operation: pay}]}]
        """);

    [Fact]
    public async Task a_card_without_money_five_times_in_a_day_is_spent_until_the_first_of_them_is_a_day_old_C9()
    {
        var first = World.Now;
        for (var times = 1; times <= 5; times++)
        {
            Assert.False(IsSpent(Engine));
            await FailAsync("insufficient_funds", ofTheChannel: false);
            await ReadAsync(Engine);
            World.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await ReadAsync(_other);
        Assert.Equal((true, true), (IsSpent(Engine), IsSpent(_other)));
        Assert.False(Knows(Engine));
        Assert.Equal(0, Engine.Part<IRouteConditions>().HealthOf(Channel, null));
        World.Clock.Advance(first.AddHours(24) - World.Now - TimeSpan.FromSeconds(1));
        Assert.True(IsSpent(_other));

        World.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsSpent(_other));

        // The second of them is still of the last day: once more, and the card is spent again.
        await FailAsync("insufficient_funds", ofTheChannel: false);
        await ReadAsync(_other);
        Assert.True(IsSpent(_other));
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(IsSpent(_other));

        World.Clock.Advance(TimeSpan.FromHours(24));
        await Engine.Part<CardMemory>().ForgetAsync(CancellationToken.None);
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from card_funds"));
    }

    private static Task ReadAsync(EngineRig node) => node.Part<CardMemory>().ReadAsync(CancellationToken.None);

    private static bool Knows(EngineRig node) => node.Part<IRouteConditions>().FailedForCard(Card, Channel);

    private static bool IsSpent(EngineRig node) => node.Part<IRouteConditions>().IsSpent(Card);

    /// <summary>The institution declines, and operations have said what that means.</summary>
    private async Task FailAsync(string meaning, bool ofTheChannel)
    {
        await Database.ExecuteAsync(
            "update result_code set unified_code = $1, counts_against_health = $2 where channel_id = 101 and interface = 'Pay' and code = 'insufficient_funds'",
            meaning, ofTheChannel);
        await Engine.UpkeepAsync();
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Decline));
        await Engine.QuietAsync();
        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
    }
}
