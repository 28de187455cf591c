using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Callbacks;

/// <summary>Two nodes, and callbacks that come at one instant.</summary>
[Trait("Rule", "C15")]
[Trait("Rule", "M1")]
public sealed class CallbackRaceTests(EngineWorld world) : EngineTests(world)
{
    private const int Rounds = 20;

    private EngineRig _other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await World.StartAsync();
    }

    [Fact]
    public async Task a_success_at_both_nodes_at_once_is_posted_once_C15()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
            await Engine.QuietAsync();
            var order = await OrderAsync(trade);

            await BothAsync(node => node.Institution().SucceededAsync(order));
            await BothAsync(node => node.HandleCallbacksAsync());

            await DemandPaidOnceAsync(trade);
            Assert.Equal(2, await Database.ScalarAsync<long>("select count(*) from callback where trade_id = $1 and handled_at is not null", trade.Value));
        }
    }

    [Fact]
    public async Task a_callback_at_the_instant_of_the_answer_is_posted_once_C15()
    {
        for (var round = 0; round < Rounds; round++)
        {
            // The bank's answer and the callback race for the order, on two nodes.
            var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
            await _other.Institution().SucceededAsync(await OrderAsync(trade));
            await Task.WhenAll(Engine.QuietAsync(), _other.HandleCallbacksAsync());

            await DemandPaidOnceAsync(trade);
        }
    }

    [Fact]
    public async Task sweeps_of_both_nodes_share_what_waits_C15()
    {
        var trades = new List<OrderId>();
        for (var i = 0; i < 40; i++)
        {
            trades.Add(await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage)));
            await Engine.QuietAsync();
            await Engine.Institution().SucceededAsync(await OrderAsync(trades[^1]));
        }

        Assert.Equal(0, await Engine.SweepAsync(TimeSpan.Zero));
        await Database.ExecuteAsync("update callback_pending set due_at = now()");
        var swept = await Task.WhenAll(Engine.SweepAsync(TimeSpan.Zero), _other.SweepAsync(TimeSpan.Zero));

        Assert.Equal(40, swept.Sum());
        foreach (var trade in trades)
        {
            await DemandPaidOnceAsync(trade);
        }

        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from callback_pending"));
    }

    private async Task DemandPaidOnceAsync(OrderId trade)
    {
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(1, await Database.ScalarAsync<long>(
            "select count(*) from posting where order_id in (select id from payment_order where trade_id = $1)", trade.Value));
    }

    private async Task<InstitutionOrder> OrderAsync(OrderId trade) => (await Engine.FamilyAsync(trade)).InstitutionOrders[0];

    private Task BothAsync(Func<EngineRig, Task> ask) => Task.WhenAll(Task.Run(() => ask(Engine)), Task.Run(() => ask(_other)));
}
