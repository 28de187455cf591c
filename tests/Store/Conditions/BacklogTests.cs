using PaymentEngine.Routing.Conditions;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

[Trait("Rule", "C7")]
public sealed class BacklogTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task what_waits_for_a_place_on_the_line_is_the_backlog_of_its_channels_C7()
    {
        await Database.ExecuteAsync("update channel_connection set maximum_parallel = 1");
        await Engine.UpkeepAsync();
        foreach (var payer in new[] { Payers.TimeoutExecuted, Payers.Good, Payers.Good })
        {
            await Engine.As().OpenedAsync(MerchantHand.Purchase(payer));
        }

        await Eventually.BecomesTrueAsync(() => Backlog("sim-card") == 2, "two orders wait behind the one that is not answered");
        Assert.Equal((2, 0), (Backlog("sim-bank"), Backlog("nobody")));

        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BecomesTrueAsync(() => Backlog("sim-card") == 0, "nobody waits any more");
        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
    }

    private int Backlog(string channel) => Engine.Part<IRouteConditions>().BacklogOf(channel);
}
