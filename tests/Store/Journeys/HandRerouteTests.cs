using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Reroutes;
using PaymentEngine.Store.Reroutes;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Workflows.Decisions;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>One person asks, another agrees, and the leg goes elsewhere exactly once.</summary>
[Trait("Rule", "C14")]
public sealed class HandRerouteTests(EngineWorld world) : EngineTests(world)
{
    private const string Note = "their hotline confirmed it, ticket 4711";

    public override async Task InitializeAsync()
    {
        await SecondCard.AddAsync(Database);
        await Database.ExecuteAsync("update channel set maximum_sends = 1 where id = 101");
        await base.InitializeAsync();
    }

    [Fact]
    public async Task a_failed_leg_goes_elsewhere_when_a_second_person_agrees_and_the_history_names_both_C14()
    {
        var (trade, failed) = await FailedAsync();
        var request = Stored(await RequestAsync(trade, failed.Id));
        Assert.Equal(("alice", null), (request.RequestedBy, request.Approval));
        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));

        var done = Stored(await ApproveAsync(request.Id, "bob"));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("Paid Failed Succeeded Failed Succeeded Failed Succeeded", await Engine.StatesAsync(trade));
        var order = (await Engine.FamilyAsync(trade)).InstitutionOrders[1];
        Assert.Equal(("bob", order.Id), (done.Approval!.By, done.Approval.NewOrder));
        Assert.Equal(SecondCard.Id, order.ChannelId);
        Assert.Equal(new Reroute(failed.Id, new Evidence(EvidenceKind.NotSent, Note), "alice, approved by bob"), order.Reroute);
        Assert.Contains((await Engine.JourneyAsync(trade)).Transitions, it => (it.Step.Event, it.Actor) == ("RerouteByHand", "alice, approved by bob"));
    }

    [Fact]
    public async Task whoever_asked_cannot_agree_C14()
    {
        var (trade, failed) = await FailedAsync();
        var request = Stored(await RequestAsync(trade, failed.Id));

        Assert.Equal(RerouteRefusals.SecondPersonNeeded, Refused(await ApproveAsync(request.Id, "alice")));

        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync(
            "update reroute_request set approved_by = requested_by, approved_at = now(), new_order_id = 1 where id = $1", request.Id));
    }

    [Fact]
    public async Task two_who_agree_at_the_same_instant_on_two_nodes_move_it_once_C14()
    {
        var other = await World.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            var (trade, failed) = await FailedAsync();
            var first = Stored(await RequestAsync(trade, failed.Id));
            var second = Stored(await RequestAsync(trade, failed.Id));

            var results = await Task.WhenAll(ApproveAsync(first.Id, "bob"), ApproveAsync(first.Id, "carol", other), ApproveAsync(second.Id, "dan", other));
            await Engine.LetPassAsync(TimeSpan.FromSeconds(15));

            Assert.Equal(2, (await Engine.FamilyAsync(trade)).Payments.Count);
            Assert.Single(results.OfType<RerouteResult.Stored>().Select(result => result.Request.Id).Distinct());
            Assert.All(
                results.OfType<RerouteResult.Refused>(),
                result => Assert.Contains(result.Code, new[] { HandRerouteDecision.AlreadyRerouted, RerouteRefusals.Unavailable }));

            // Until the channel has forgotten the card (C9), the next one would go to the other channel at once.
            await Engine.LetPassAsync(TimeSpan.FromMinutes(31));
        }
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_is_the_same_request_and_approving_again_tells_what_came_of_it_O13()
    {
        var (trade, failed) = await FailedAsync();
        var request = Stored(await RequestAsync(trade, failed.Id, key: "k-1"));

        Assert.Equal(request.Id, Stored(await RequestAsync(trade, failed.Id, key: "k-1")).Id);
        Assert.Equal(RerouteRefusals.KeyReused, Refused(await RequestAsync(trade, failed.Id, key: "k-1", note: "other")));
        Assert.NotEqual(request.Id, Stored(await RequestAsync(trade, failed.Id, key: "k-1", actor: "wu")).Id);

        var done = Stored(await ApproveAsync(request.Id, "bob"));
        Assert.Equal(done.Approval, Stored(await ApproveAsync(request.Id, "carol")).Approval);
        Assert.Equal(request.Id, Stored(await RequestAsync(trade, failed.Id, key: "k-1")).Id);
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(2, (await Engine.FamilyAsync(trade)).Payments.Count);
    }

    [Fact]
    public async Task what_made_it_safe_is_looked_at_again_when_somebody_agrees_C14()
    {
        var (trade, failed) = await FailedAsync();
        Assert.Equal(
            HandRerouteDecision.EvidenceContradicted, Refused(await RequestAsync(trade, failed.Id, evidence: EvidenceKind.CertainFailure)));
        Assert.Equal(RerouteRefusals.OrderNotFound, Refused(await RequestAsync(trade, trade)));
        var request = Stored(await RequestAsync(trade, failed.Id));

        await Engine.As().CloseAsync(trade);

        Assert.Equal(HandRerouteDecision.TradeNotWaiting, Refused(await ApproveAsync(request.Id, "bob")));
        Assert.Equal(RerouteRefusals.RequestNotFound, Refused(await ApproveAsync(request.Id + 1_000, "bob")));
        Assert.Single((await Engine.FamilyAsync(trade)).Payments);
    }

    [Fact]
    public async Task without_another_channel_nothing_is_begun_C14()
    {
        var (trade, failed) = await FailedAsync();
        var request = Stored(await RequestAsync(trade, failed.Id));
        await Database.ExecuteAsync("update channel set enabled = false where id = $1", SecondCard.Id);
        await Engine.UpkeepAsync();

        Assert.Equal(RerouteRefusals.NoOtherChannel, Refused(await ApproveAsync(request.Id, "bob")));

        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
        await Database.ExecuteAsync("update channel set enabled = true where id = $1", SecondCard.Id);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task an_order_on_the_work_list_is_asked_about_when_a_person_wants_it_C12()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        Engine.QueriesAreAnswered(_ => new ChannelOutcome.Unknown("no answer"));
        await Engine.LetPassAsync(TimeSpan.FromHours(27));
        Assert.EndsWith(" OnWorkList", await Engine.StatesAsync(trade), StringComparison.Ordinal);
        Engine.QueriesAreAnswered(null);

        var order = (await Engine.FamilyAsync(trade)).InstitutionOrders[0].Id;
        Assert.Null(await Engine.Part<AskDesk>().AskAsync(trade, order, "alice", CancellationToken.None));
        await Engine.HandleDueTimersAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(
            RerouteRefusals.OrderNotInProgress, await Engine.Part<AskDesk>().AskAsync(trade, order, "alice", CancellationToken.None));
    }

    /// <summary>Nothing could be sent to the first card network.</summary>
    private async Task<(OrderId Trade, InstitutionOrder Order)> FailedAsync()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.QuietAsync();
        Assert.Equal("AwaitingPayment Failed Failed Failed", await Engine.StatesAsync(trade));
        return (trade, (await Engine.FamilyAsync(trade)).InstitutionOrders[0]);
    }

    private Task<RerouteResult> RequestAsync(
        OrderId trade, OrderId order, EvidenceKind evidence = EvidenceKind.NotSent, string actor = "alice", string? key = null, string note = Note) =>
        Engine.Part<RerouteDesk>().RequestAsync(
            trade, new RequestReroute(order, evidence, note), actor, key ?? MerchantHand.NewName("key"),
            SHA256.HashData(Encoding.UTF8.GetBytes($"{trade} {order} {evidence} {note}")), CancellationToken.None);

    private Task<RerouteResult> ApproveAsync(long id, string actor, EngineRig? node = null) =>
        (node ?? Engine).Part<RerouteDesk>().ApproveAsync(id, actor, CancellationToken.None);

    private static StoredReroute Stored(RerouteResult result) => Assert.IsType<RerouteResult.Stored>(result).Request;

    private static string Refused(RerouteResult result) => Assert.IsType<RerouteResult.Refused>(result).Code;
}
