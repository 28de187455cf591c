using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Runtime.Scripts;
using PaymentEngine.Store.Scripts;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A leg that failed for certain goes elsewhere when the script wants it, and says for good why it might.</summary>
[Trait("Rule", "C14")]
public sealed class RerouteJourneyTests(EngineWorld world) : EngineTests(world)
{
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
        Assert.Empty(await Engine.Part<RouteScriptDesk>().StoreAsync(RouteHook.Reroute, "ret amount < 88", "li", CancellationToken.None));
        await other.UpkeepAsync();
        foreach (var node in new[] { Engine, other })
        {
            var latest = node.Part<RouteScriptDesk>().Latest(RouteHook.Reroute)!;
            var dear = await FailOnTheFirstAsync(node);
            Assert.Equal("AwaitingPayment Failed Failed Failed", await node.StatesAsync(dear));
            Assert.Contains(
                (await node.JourneyAsync(dear)).Transitions, it => it.Step.Reason == $"not_sent (script reroute, version {latest.Version})");

            var cheap = await FailOnTheFirstAsync(node, amountMinor: 8_799);
            Assert.Equal($"script reroute, version {latest.Version}", (await node.FamilyAsync(cheap)).InstitutionOrders[1].Reroute!.DecidedBy);
        }

        await TakeBackAsync();
    }

    [Fact]
    public async Task saying_the_same_again_makes_no_version_and_no_version_is_ever_changed_C14()
    {
        var store = Engine.Part<RouteScriptStore>();
        await store.AddAsync("resend", null, "li", CancellationToken.None);
        await store.AddAsync("resend", "ret true", "li", CancellationToken.None);
        await store.AddAsync("resend", "ret true", "wu", CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(2, 8).Select(i => store.AddAsync("resend", $"ret sends < {i}", "li", CancellationToken.None)));
        await store.AddAsync("resend", null, "li", CancellationToken.None);

        var versions = await store.HistoryAsync("resend", CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 10).Reverse(), versions.Select(version => version.Version));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync("update route_script set script = 'ret false'"));
    }

    [Fact]
    public async Task a_script_with_errors_that_came_by_sql_decides_nothing_and_one_alert_says_so_C14()
    {
        var other = await World.StartAsync();
        await Database.ExecuteAsync(
            "insert into route_script (hook, version, script, changed_by) select 'reroute', coalesce(max(version), 0) + 1, 'ret tiem', 'by hand' from route_script where hook = 'reroute'");
        foreach (var node in new[] { Engine, other, Engine })
        {
            await node.UpkeepAsync();
            await node.Part<ScriptWatch>().LookAsync(CancellationToken.None);
        }

        var trade = await FailOnTheFirstAsync();

        Assert.Equal("script reroute, default", (await Engine.FamilyAsync(trade)).InstitutionOrders[1].Reroute!.DecidedBy);
        Assert.Contains("does not exist", Assert.Single(await AlertsAsync()), StringComparison.Ordinal);
        await TakeBackAsync();
    }

    [Fact]
    public async Task a_script_that_fails_as_it_runs_leaves_it_to_the_default_and_one_alert_says_so_C14()
    {
        await Engine.Part<RouteScriptDesk>().StoreAsync(RouteHook.Reroute, "ret amount / reroutes > 1", "li", CancellationToken.None);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("Paid Succeeded Succeeded Failed Succeeded", await Engine.StatesAsync(await FailOnTheFirstAsync()));
        }

        Assert.Contains("failed; the default decides instead", Assert.Single(await AlertsAsync()), StringComparison.Ordinal);
        await TakeBackAsync();
    }

    /// <summary>Nothing can be sent to the first card network, and its only attempt is over.</summary>
    private async Task<OrderId> FailOnTheFirstAsync(EngineRig? node = null, long amountMinor = 8_800)
    {
        node ??= Engine;
        var trade = await node.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce, amountMinor: amountMinor));
        await node.LetPassAsync(TimeSpan.FromSeconds(15));
        return trade;
    }

    private async Task TakeBackAsync() => await Engine.Part<RouteScriptDesk>().StoreAsync(RouteHook.Reroute, script: null, "li", CancellationToken.None);

    /// <summary>Of the version that operations stored last.</summary>
    private async Task<List<string>> AlertsAsync() => await Database.ReadAsync(
        """
        select text from alert_signal
        where kind = 'script_fault' and subject = 'reroute ' || (select max(version) from route_script where hook = 'reroute')
        """,
        row => row.GetString(0));
}
