using System.Text.Json.Nodes;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>A merchant gives back what he was paid.</summary>
[Trait("Rule", "O9")]
public sealed class RefundTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;

    [Fact]
    public async Task All_of_a_payment_on_its_day_is_a_void_and_its_journey_shows_it_on_all_levels_O9()
    {
        var paid = await PaidAsync();
        var answer = await _merchant.RefundAsync(paid.TradeNo);

        Assert.Equal((201, $"/v1/trades/{paid.TradeNo}", "paid"), (answer.Status, answer.Location, answer.State));
        var started = answer.Json["payments"]![1]!;
        Assert.Equal(("void", "processing", "88.00"), (Of(started, "kind"), Of(started, "state"), Of(started, "amount")));
        Assert.Equal(
            (Of(paid.Json["payments"]![0]!, "payment_no"), "merchant", "0.53"),
            (Of(started["refund"]!, "payment_no"), Of(started["refund"]!, "of"), Of(started["refund"]!, "fee_returned")));

        var journey = (await EndedAsync(paid.TradeNo, "succeeded")).Json;
        var given = journey["payments"]![1]!;
        var instruction = Assert.Single(given["instructions"]!.AsArray())!;
        var order = Assert.Single(instruction["institution_orders"]!.AsArray())!;
        Assert.Equal(["succeeded", "succeeded", "succeeded"], new[] { given, instruction, order }.Select(level => Of(level, "state")));
        Assert.Equal("sim-card", Of(order, "channel"));
        Assert.Equal(
            [
                "void_taken debit merchant balance 87.47", "void_taken debit fee income 0.53", "void_taken credit refunds in transit 88.00",
                "void_paid debit refunds in transit 88.00", "void_paid credit receivable from channel 88.00",
            ],
            journey["entries"]!.AsArray().Skip(3).Select(entry => $"{Of(entry!, "posting")} {Of(entry!, "side")} {Of(entry!, "account_name")} {Of(entry!, "amount")}"));
        Assert.Equal(
            ["refund_trade void of 88.00 CNY", "refund_succeeded void"],
            journey["transitions"]!.AsArray().Where(step => Of(step!, "level") == "trade").Skip(3).Select(step => $"{Of(step!, "event")} {Of(step!, "reason")}"));
    }

    [Fact]
    public async Task Parts_are_refunds_until_nothing_is_left_O9()
    {
        await PaidAsync();
        var trade = (await PaidAsync()).TradeNo;
        var number = ApiWorld.New("R");

        var first = await _merchant.RefundAsync(trade, Part("30.00", number: number, reason: "one ticket too many"));
        var told = first.Json["payments"]![1]!;
        Assert.Equal(("refund", "30.00"), (Of(told, "kind"), Of(told, "amount")));
        Assert.Equal((number, "one ticket too many", "0.00"), (Of(told["refund"]!, "merchant_refund_no"), Of(told["refund"]!, "reason"), Of(told["refund"]!, "fee_returned")));
        (await _merchant.RefundAsync(trade, Part("58.01"))).IsRefused(409, "refund_exceeds_paid");
        Assert.Equal(201, (await _merchant.RefundAsync(trade)).Status);
        (await _merchant.RefundAsync(trade)).IsRefused(409, "refund_exceeds_paid");
        (await _merchant.RefundAsync(trade, Part("0.01"))).IsRefused(409, "refund_exceeds_paid");

        var ended = (await EndedAsync(trade, "succeeded")).Json["payments"]!.AsArray();
        Assert.Equal(["88.00", "30.00", "58.00"], ended.Select(payment => Of(payment!, "amount")));
        (await _merchant.RefundAsync((await PaidAsync()).TradeNo, Part("1.00", number: number))).IsRefused(409, "merchant_refund_no_taken");
    }

    [Fact]
    public async Task What_the_institution_will_not_give_back_has_failed_and_may_be_tried_again_O9()
    {
        var paid = await PaidAsync("sim-refund-decline");
        await _merchant.RefundAsync(paid.TradeNo);

        var failed = (await EndedAsync(paid.TradeNo, "failed")).Json;
        Assert.Equal(("not_refundable", "The payment cannot be refunded."), (Of(failed["payments"]![1]!, "failure"), Of(failed["payments"]![1]!, "failure_message")));
        Assert.Equal("void_returned", Of(failed["entries"]!.AsArray()[^1]!, "posting"));
        Assert.Equal("void", Of((await _merchant.RefundAsync(paid.TradeNo)).Json["payments"]![2]!, "kind"));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task The_same_request_again_has_the_first_answer_and_another_one_is_refused_O13()
    {
        var trade = (await PaidAsync()).TradeNo;
        var key = ApiWorld.New("key");
        var first = await _merchant.RefundAsync(trade, Part("10.00"), key);

        Assert.True(first.IsSameAs(await _merchant.RefundAsync(trade, Part("10.00"), key)));
        (await _merchant.RefundAsync(trade, Part("20.00"), key)).IsRefused(422, "idempotency_key_reused");
        Assert.Equal(2, (await _merchant.ReadAsync(trade)).Json["payments"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_cannot_be_given_back_is_refused_and_nothing_is_written_O9()
    {
        var open = (await _merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
        var trade = (await PaidAsync()).TradeNo;
        var foreign = await world.Foreign.PaidAsync(Trade(ApiWorld.New("A"), Payers.Good));
        var before = await world.RowsAsync();

        (await _merchant.RefundAsync(open)).IsRefused(409, "trade_not_paid");
        (await _merchant.RefundAsync(trade, Part("1.00", currency: "USD"))).IsRefused(409, "refund_currency_differs");
        (await _merchant.RefundAsync(trade, Part("88.01"))).IsRefused(409, "refund_exceeds_paid");
        (await _merchant.RefundAsync(trade, """{"amount":"88.00"}""")).IsRefused(400, "invalid_request");
        (await _merchant.RefundAsync(foreign.TradeNo)).IsRefused(404, "trade_not_found");
        (await _merchant.RefundAsync("T1")).IsRefused(404, "trade_not_found");
        (await world.Inactive.RefundAsync(trade)).IsRefused(403, "merchant_inactive");

        // 87.47 were left to him of what he was paid.
        (await world.Foreign.RefundAsync(foreign.TradeNo, Part("87.48"))).IsRefused(409, "insufficient_merchant_balance", retryable: true);
        Assert.Equal(before, await world.RowsAsync());
    }

    [Fact]
    [Trait("Rule", "N1")]
    public async Task The_merchant_is_told_where_he_wants_to_be_told_of_it_N1()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        var trade = (await PaidAsync()).TradeNo;
        var answer = await _merchant.RefundAsync(trade, Part("30.00", number: ApiWorld.New("R"), url: receiver.Url("refunds")));
        await Eventually.BecomesTrueAsync(() => receiver.Received.Count == 1, "the merchant has been told");

        var told = receiver.Received[0];
        Assert.True(told.IsSignedWith(await world.WebhookSecretAsync("M1001")));
        Assert.Equal(("/refunds", "refund.succeeded"), (told.Path, told.Type));
        Assert.Equal(Of(answer.Json["payments"]![1]!, "payment_no"), (string)told.Json["data"]!["refund_no"]!);
        Assert.Equal(Of(answer.Json["payments"]![0]!, "payment_no"), (string)told.Json["data"]!["payment_no"]!);
        var shown = (await EndedAsync(trade, "succeeded")).Json["notifications"]![0]!;
        Assert.Equal((told.Id, "refund.succeeded"), (Of(shown, "id"), Of(shown, "type")));
    }

    private async Task<MerchantAnswer> PaidAsync(string payer = Payers.Good) => await _merchant.PaidAsync(Trade(ApiWorld.New("A"), payer));

    private static string Part(string value, string currency = "CNY", string? number = null, string? reason = null, string? url = null)
    {
        var body = new JsonObject { ["amount"] = new JsonObject { ["value"] = value, ["currency"] = currency } };
        foreach (var (field, said) in new[] { ("merchant_refund_no", number), ("reason", reason), ("notify_url", url) })
        {
            if (said is not null)
            {
                body[field] = said;
            }
        }

        return body.ToJsonString();
    }

    /// <summary>Reads the trade until its latest refund has ended so.</summary>
    private async Task<MerchantAnswer> EndedAsync(string trade, string state)
    {
        MerchantAnswer? answer = null;
        await Eventually.BecomesTrueAsync(
            async () => (answer = await _merchant.ReadAsync(trade, "?expand=all")).Json["payments"]!.AsArray().Skip(1).All(payment => Of(payment!, "state") == state),
            $"what was given back of {trade} is {state}");
        return answer!;
    }

    private static string? Of(JsonNode node, string field) => (string?)node[field];
}
