using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Book;
using PaymentEngine.Tests.Store.Routing;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A leg that failed for certain goes elsewhere when the script wants it, and says for good why it might.</summary>
[Trait("Rule", "C14")]
public sealed class RerouteJourneyTests(EngineWorld world) : EngineTests(world)
{
    private static readonly RoutingItem Hook = RoutingItem.Script("reroute");

    public override async Task InitializeAsync()
    {
        await SecondCard.AddAsync(Database);
        await Database.ExecuteAsync("update channel set maximum_sends = 1, maximum_reroutes = 1 where id = 101");
        await base.InitializeAsync();
    }

    [Fact]
    public async Task the_evidence_is_stored_with_the_new_order_and_read_again_with_it_C14()
    {
        var trade = await FailOnTheFirstAsync();

        Assert.Equal("Paid Succeeded Succeeded Failed Succeeded", await Engine.StatesAsync(trade));
        var orders = (await Engine.FamilyAsync(trade)).InstitutionOrders;
        var (first, second) = (orders[0], orders[1]);
        Assert.Equal((101, SecondCard.Id), (first.ChannelId, second.ChannelId));
        Assert.NotEqual(first.InstitutionNumber, second.InstitutionNumber);
        Assert.Null(first.Reroute);
        Assert.Equal(
            new Reroute(
                first.Id,
                new Evidence(EvidenceKind.NotSent, $"nothing of {first.InstitutionNumber} was ever sent to channel 101"),
                "script reroute, default"),
            second.Reroute);
        Assert.Contains((await Engine.JourneyAsync(trade)).Transitions, it => it.Step.Reason?.Contains(first.InstitutionNumber, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task operations_script_decides_on_every_node_with_the_next_look_at_the_directory_C14()
    {
        var other = await World.StartAsync();
        var version = await Engine.PutIntoForceAsync(Hook, "ret amount < 88");
        await other.UpkeepAsync();
        foreach (var node in new[] { Engine, other })
        {
            var dear = await FailOnTheFirstAsync(node);
            Assert.Equal("AwaitingPayment Failed Failed Failed", await node.StatesAsync(dear));
            Assert.Contains(
                (await node.JourneyAsync(dear)).Transitions, it => it.Step.Reason == $"not_sent (script reroute, version {version})");

            var cheap = await FailOnTheFirstAsync(node, amountMinor: 8_799);
            Assert.Equal($"script reroute, version {version}", (await node.FamilyAsync(cheap)).InstitutionOrders[1].Reroute!.DecidedBy);
        }

        await TakeBackAsync();
    }

    [Fact]
    public async Task a_script_that_fails_as_it_runs_leaves_it_to_the_default_and_one_alert_says_so_C14()
    {
        var version = await Engine.PutIntoForceAsync(Hook, "ret amount / reroutes > 1");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("Paid Succeeded Succeeded Failed Succeeded", await Engine.StatesAsync(await FailOnTheFirstAsync()));
        }

        Assert.Contains("failed; what was good before it decides instead", Assert.Single(await AlertsAsync(version)), StringComparison.Ordinal);
        await TakeBackAsync();
    }

    /// <summary>Nothing can be sent to the first card network, and its only attempt is over.</summary>
    private async Task<OrderId> FailOnTheFirstAsync(EngineRig? node = null, long amountMinor = 8_800)
    {
        node ??= Engine;

        // The card is kept from where it failed a while ago (C9).
        await node.LetPassAsync(TimeSpan.FromMinutes(31));
        var trade = await node.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce, amountMinor: amountMinor));
        await node.LetPassAsync(TimeSpan.FromSeconds(15));
        return trade;
    }

    private async Task TakeBackAsync() => RoutingHand.Stored(await Engine.RollBackAsync(Hook, 0));

    private async Task<List<string>> AlertsAsync(int version) => await Database.ReadAsync(
        "select text from alert_signal where kind = 'script_fault' and subject = $1", row => row.GetString(0), $"reroute {version}");
}
