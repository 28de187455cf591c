using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Book;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

/// <summary>What a setup says is what happens to real payments: shares, limits, maintenance, features.</summary>
public sealed class ChosenByTheSetupTests(EngineWorld world) : EngineTests(world)
{
    /// <summary>The database is shared by the tests of the class; each counts its own trades.</summary>
    private readonly string _about = MerchantHand.NewName("about");

    public override async Task InitializeAsync()
    {
        await new DemoSeed(Database.Sql, TestDatabase.Secrets).PlantRoutedChannelsAsync(CancellationToken.None);
        await base.InitializeAsync();
    }

    [Fact]
    [Trait("Rule", "C5")]
    public async Task of_250_payments_100_100_and_50_go_by_weights_and_those_that_come_to_nothing_take_no_turn_C5()
    {
        await PutIntoForceAsync(
            """
            classes: [{mode: quick, channels: [sim-cmb, sim-psbc, sim-icbc]}]
            channels:
              - {code: sim-cmb, weight: 100, interfaces: [{code: pay, operation: pay}]}
              - {code: sim-psbc, weight: 100, interfaces: [{code: pay, operation: pay}]}
              - {code: sim-icbc, weight: 50, interfaces: [{code: pay, operation: pay}]}
            """);

        // Of the first hundred every fifth is submitted twice at once: one of the two commits, the other chose for nothing.
        var purchases = Enumerable.Range(0, 250).Select(_ => MerchantHand.Purchase() with { Description = _about }).ToList();
        await OpenAsync(purchases.Take(100).Concat(purchases.Take(100).Where((_, i) => i % 5 == 0)));
        await OpenAsync(purchases.Skip(100));

        Assert.Equal([("sim-cmb", 100L), ("sim-icbc", 50L), ("sim-psbc", 100L)], await OrdersByChannelAsync());

        async Task OpenAsync(IEnumerable<OpenTrade> some)
        {
            await Task.WhenAll(some.Select(purchase => Task.Run(() => Engine.As().OpenAsync(purchase, key: purchase.MerchantOrderNo))));
            await Engine.QuietAsync();
        }
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task a_thousand_submits_at_once_on_two_nodes_fill_the_limit_to_the_last_order_and_the_rest_goes_elsewhere_C4()
    {
        await PutIntoForceAsync(
            """
            classes: [{mode: quick, channels: [sim-cmb, sim-psbc]}]
            channels:
              - code: sim-cmb
                priority: 200
                interfaces:
                  - {code: pay, operation: pay, limits: [{name: day, currency: CNY, period: day, count: 400, amount: 100000}]}
              - code: sim-psbc
                priority: 100
                interfaces:
                  - {code: pay, operation: pay, limits: [{name: day, currency: CNY, period: day, count: 500}]}
            """);
        var other = await World.StartAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Engine : other).As().OpenedAsync(MerchantHand.Purchase(amountMinor: 100_00) with { Description = _about }))));
        await Task.WhenAll(Engine.QuietAsync(), other.QuietAsync());

        Assert.Equal(1_000, opened.Distinct().Count());
        Assert.Equal([("sim-cmb", 400L), ("sim-psbc", 500L)], await OrdersByChannelAsync());
        Assert.Equal(100, await Database.ScalarAsync<long>(
            "select count(*) from payment_order p join trade_order t on t.id = p.trade_id where t.description = $1 and p.failure = 'no_channel'", _about));
    }

    [Fact]
    [Trait("Rule", "C3")]
    public async Task in_maintenance_a_payment_fails_at_once_and_says_why_C3()
    {
        await PutIntoForceAsync(
            """
            classes: [{mode: quick, channels: [sim-cmb]}]
            channels:
              - code: sim-cmb
                windows: [{begins: 2040-03-01T00:00:00+08:00, ends: 2040-03-02T00:00:00+08:00, reason: a new core}]
                interfaces: [{code: pay, operation: pay}, {code: refund, operation: refund}]
            """);

        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());

        Assert.Equal("AwaitingPayment Failed Failed", await Engine.StatesAsync(trade));
        var choice = Assert.Single(await Engine.Part<ExplanationDesk>().OfAsync(await Engine.FamilyAsync(trade), CancellationToken.None));
        Assert.Equal((null, "is in maintenance: a new core"), (choice.Order, choice.Explanation.Removals.Single().Words));
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task what_the_merchant_says_of_a_payment_decides_by_features_C2()
    {
        await PutIntoForceAsync(
            """
            classes: [{mode: quick, channels: [sim-cmb, sim-psbc]}]
            channels:
              - code: sim-cmb
                priority: 200
                features: [{element: target_inst, operator: equals, values: [CMB]}, {element: amount, operator: between, values: ["10", "100"]}]
                interfaces: [{code: pay, operation: pay}]
              - {code: sim-psbc, priority: 100, interfaces: [{code: pay, operation: pay}]}
            """);

        Assert.Equal("sim-cmb", await ChannelOfAsync(Purchase("CMB", 88_00)));
        Assert.Equal("sim-psbc", await ChannelOfAsync(Purchase("CMB", 100_01)));
        Assert.Equal("sim-psbc", await ChannelOfAsync(Purchase("ICBC", 88_00)));
        Assert.Equal("sim-psbc", await ChannelOfAsync(MerchantHand.Purchase()));

        static OpenTrade Purchase(string institution, long minor) => MerchantHand.Purchase(amountMinor: minor) with
        {
            Payment = new StartPayment(PaymentMethod.Quick, Payers.Good) { Elements = new PaymentElements { TargetInstitution = institution } },
        };
    }

    private Task<int> PutIntoForceAsync(string setup) => Engine.PutIntoForceAsync(RoutingItem.Setup, setup);

    private async Task<string?> ChannelOfAsync(OpenTrade purchase)
    {
        var trade = await Engine.As().OpenedAsync(purchase);
        var order = (await Engine.FamilyAsync(trade)).InstitutionOrders.Single();
        return await Database.ScalarAsync<string>("select code from channel where id = $1", order.ChannelId);
    }

    private Task<List<(string Channel, long Orders)>> OrdersByChannelAsync() => Database.ReadAsync(
        """
        select c.code, count(*) from institution_order o join channel c on c.id = o.channel_id
        join trade_order t on t.id = o.trade_id
        where t.description = $1 group by c.code order by c.code collate "C"
        """,
        row => (row.GetString(0), row.GetInt64(1)), _about);
}
