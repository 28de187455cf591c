using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>Limits as a merchant notices them: the next channel carries what one may not, and when none is left he is told.</summary>
[Trait("Rule", "C4")]
public sealed class LimitJourneyTests(EngineWorld world) : EngineTests(world)
{
    private const int Orders = 10;

    public override async Task InitializeAsync()
    {
        await SecondCard.AddAsync(Database);
        World.Choice = new LimitedChoice((channel, _) => [LimitOf(channel)]);
        await base.InitializeAsync();
    }

    [Fact]
    public async Task two_nodes_fill_one_channel_then_the_next_and_then_refuse_with_the_reason_C4()
    {
        var other = await World.StartAsync();
        var opened = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Engine : other).As().OpenedAsync(MerchantHand.Purchase()))));
        await Task.WhenAll(Engine.QuietAsync(), other.QuietAsync());

        var families = new List<TradeFamily>();
        foreach (var trade in opened)
        {
            families.Add(await Engine.FamilyAsync(trade));
        }

        Assert.Equal(Orders, families.Count(family => family.InstitutionOrders.Exists(order => order.ChannelId == 101)));
        Assert.Equal(Orders, families.Count(family => family.InstitutionOrders.Exists(order => order.ChannelId == SecondCard.Id)));
        var without = families.Where(family => family.InstitutionOrders.Count == 0).ToList();
        Assert.Equal(5, without.Count);
        Assert.All(without, family => Assert.Equal("limit_reached", family.Instructions[0].Failure));
        Assert.Equal((Orders, Orders), (await UsedAsync(101), await UsedAsync(SecondCard.Id)));
    }

    [Fact]
    public async Task a_declined_payment_gives_back_what_it_took_C4()
    {
        World.Choice = new LimitedChoice((channel, _) => [LimitOf(channel, "other")]);
        var engine = await World.StartAsync();
        var trade = await engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Decline));
        await engine.QuietAsync();

        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
        Assert.Equal(0, await UsedAsync(101, "other"));
        Assert.Single((await Engine.FamilyAsync(trade)).InstitutionOrders[0].LimitCounters);
    }

    private static LimitClaim LimitOf(int channel, string name = "day") =>
        new(new LimitCounter(channel, "pay", name, "", TestDatabase.Today), IsBusy: true, MostAmount: null, Orders);

    private async Task<long> UsedAsync(int channel, string name = "day") =>
        (await new LimitStore(Database.Sql).ListAsync(channel, "", TestDatabase.Today, CancellationToken.None))
            .Single(use => use.Counter.Limit == name).CountUsed;
}
