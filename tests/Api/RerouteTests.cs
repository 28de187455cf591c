using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Reroutes as merchants and operations see them.</summary>
[Trait("Rule", "C14")]
public sealed class RerouteTests(ApiWorld world) : IClassFixture<ApiWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => SecondCard.AddAsync(world.Database);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task a_declined_leg_is_sent_elsewhere_by_two_persons_and_the_trade_shows_why_C14()
    {
        var (trade, order) = await FailedAsync();
        var requested = await RequestAsync(trade, order);
        Assert.Equal(
            (201, "requested", trade, order, "certain_failure", "demo-operator", null),
            (requested.Status, Of(requested, "state"), Of(requested, "trade_no"), Of(requested, "order_no"), Of(requested, "evidence"),
                Of(requested, "requested_by"), Of(requested, "approved_by")));

        (await ApproveAsync(world.Operations, requested)).IsRefused(403, "second_person_needed");
        var approved = await WhenKnownAsync(() => ApproveAsync(world.SecondOperator, requested));
        Assert.Equal((200, "approved", "second-operator"), (approved.Status, Of(approved, "state"), Of(approved, "approved_by")));
        Assert.Equal(approved.Text, (await ApproveAsync(world.SecondOperator, requested)).Text);
        Assert.Contains(
            approved.Text, (await world.Operations.GetAsync("/ops/v1/reroutes")).Text, StringComparison.Ordinal);

        var shown = (await JourneyAsync(trade))["payments"]![1]!["instructions"]![0]!["institution_orders"]![0]!;
        Assert.Equal((Of(approved, "new_order_no"), "sim-card-2"), ((string?)shown["order_no"], (string?)shown["channel"]));
        Assert.Equal(
            $$"""{"of":"{{order}}","evidence":"certain_failure","in_words":"declined, ticket 4711","decided_by":"demo-operator, approved by second-operator"}""",
            shown["reroute"]!.ToJsonString());
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task a_request_is_one_request_under_its_key_and_what_is_wrong_with_it_is_named_O13()
    {
        var (trade, order) = await FailedAsync();
        var key = ApiWorld.New("key");
        Assert.Equal((await RequestAsync(trade, order, key)).Text, (await RequestAsync(trade, order, key)).Text);

        (await RequestAsync(trade, order, key, note: "another")).IsRefused(422, "idempotency_key_reused");
        (await world.Operations.PostAsync(PathOf(trade), key: null, Body(order))).IsRefused(400, "idempotency_key_missing");
        (await RequestAsync(trade, order, evidence: "hearsay")).IsRefused(400, "invalid_request");
        (await RequestAsync(trade, trade)).IsRefused(400, "invalid_request");
        (await RequestAsync(trade, order, evidence: "not_sent")).IsRefused(409, "evidence_contradicted");
        (await RequestAsync("T202611209999999999", order)).IsRefused(404, "trade_not_found");
        (await world.SecondOperator.PostAsync("/ops/v1/reroutes/999999/approve", null, null)).IsRefused(404, "reroute_not_found");
        (await world.Merchant.PostAsync(PathOf(trade), ApiWorld.New("key"), Body(order))).IsRefused(401, "unauthorized");
    }

    [Fact]
    public async Task what_is_paid_is_not_rerouted_and_not_asked_about_C14()
    {
        var paid = (await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good))).Json;
        var (trade, order) = ((string)paid["trade_no"]!, (string)paid["payments"]![0]!["instructions"]![0]!["institution_orders"]![0]!["order_no"]!);

        (await RequestAsync(trade, order)).IsRefused(409, "order_not_failed");
        (await world.Operations.PostAsync($"/ops/v1/trades/{trade}/institution-orders/{order}/query", null, null))
            .IsRefused(409, "order_not_in_progress");
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task an_institution_is_asked_when_somebody_wants_it_C12()
    {
        var trade = (await world.Merchant.OpenAsync(Requests.Trade(ApiWorld.New("order")))).TradeNo;
        await world.Merchant.PayAsync(trade, Requests.Payment(Payers.Accept, "online_banking"));
        await Eventually.BecomesTrueAsync(async () => OrderOf(await JourneyAsync(trade), "state") == "accepted", "the bank has accepted");
        var order = OrderOf(await JourneyAsync(trade), "order_no");

        Assert.Equal(202, (await world.Operations.PostAsync($"/ops/v1/trades/{trade}/institution-orders/{order}/query", null, null)).Status);

        await Eventually.BecomesTrueAsync(async () => OrderOf(await JourneyAsync(trade), "state") == "succeeded", "the answer is in");
    }

    private async Task<(string Trade, string Order)> FailedAsync()
    {
        var trade = (await world.Merchant.OpenAsync(Requests.Trade(ApiWorld.New("order"), Payers.Decline))).TradeNo;
        await Eventually.BecomesTrueAsync(async () => OrderOf(await JourneyAsync(trade), "state") == "failed", "the payment has failed");
        return (trade, OrderOf(await JourneyAsync(trade), "order_no"));
    }

    private Task<MerchantAnswer> RequestAsync(
        string trade, string order, string? key = null, string evidence = "certain_failure", string note = "declined, ticket 4711") =>
        world.Operations.PostAsync(PathOf(trade), key ?? ApiWorld.New("key"), Body(order, evidence, note));

    private static Task<MerchantAnswer> ApproveAsync(MerchantClient client, MerchantAnswer request) =>
        client.PostAsync($"/ops/v1/reroutes/{(long)request.Json["reroute"]!}/approve", null, null);

    /// <summary>The engine hears of the second channel within seconds.</summary>
    private static async Task<MerchantAnswer> WhenKnownAsync(Func<Task<MerchantAnswer>> approve)
    {
        var answer = await approve();
        await Eventually.BecomesTrueAsync(async () => (answer = await approve()).Status == 200, "the second channel is known");
        return answer;
    }

    private async Task<JsonNode> JourneyAsync(string trade) => (await world.Merchant.GetAsync($"{Requests.Trades}/{trade}?expand=all")).Json;

    private static string OrderOf(JsonNode journey, string field) =>
        (string)journey["payments"]![0]!["instructions"]![0]!["institution_orders"]![0]![field]!;

    private static string? Of(MerchantAnswer answer, string field) => (string?)answer.Json[field];

    private static string PathOf(string trade) => $"/ops/v1/trades/{trade}/reroutes";

    private static string Body(string order, string evidence = "certain_failure", string note = "declined, ticket 4711") =>
        new JsonObject { ["order_no"] = order, ["evidence"] = evidence, ["note"] = note }.ToJsonString();
}
