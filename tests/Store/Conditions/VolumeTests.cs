using PaymentEngine.Core;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>What channels have carried in the month so far.</summary>
[Trait("Rule", "C10")]
public sealed class VolumeTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task what_all_nodes_carried_is_added_up_and_a_new_month_begins_at_nothing_C10()
    {
        var other = await World.StartAsync();
        await PayAsync(Engine, 88_00);
        await PayAsync(Engine, 12_50);
        await PayAsync(other, 100_00);
        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Decline, amountMinor: 77_00));
        await Engine.QuietAsync();

        // Told twice, it counts once.
        foreach (var node in new[] { Engine, other, Engine, other })
        {
            await ExchangeAsync(node);
        }

        Assert.Equal((200.50m, 200.50m), (Volume(Engine), Volume(other)));
        Assert.Equal(0, Engine.Part<IRouteConditions>().VolumeOf("sim-bank"));

        // The same node, begun again, adds to what it carried before.
        await PayAsync(other, 1_00);
        await other.DisposeAsync();
        var again = await World.StartAsync();
        await PayAsync(again, 2_00);
        await ExchangeAsync(again);
        Assert.Equal(203.50m, Volume(again));

        await Engine.LetPassAsync(TimeSpan.FromDays(31));
        await PayAsync(Engine, 3_00);
        await ExchangeAsync(Engine);
        Assert.Equal(3m, Volume(Engine));

        await Engine.Part<ChannelVolumes>().ForgetAsync(CancellationToken.None);
        Assert.Equal(206_50, await Database.ScalarAsync<decimal>("select sum(amount_minor) from channel_volume"));
    }

    private static decimal Volume(EngineRig node) => node.Part<IRouteConditions>().VolumeOf("sim-card");

    private static Task ExchangeAsync(EngineRig node) => node.Part<ChannelVolumes>().ExchangeAsync(CancellationToken.None);

    private static async Task PayAsync(EngineRig node, long minor)
    {
        var trade = await node.As().OpenedAsync(MerchantHand.Purchase(amountMinor: minor));
        await node.QuietAsync();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await node.StatesAsync(trade));
    }
}
