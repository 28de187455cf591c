using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Bookings by hand, by two persons, with amounts nobody can misread.</summary>
[Trait("Rule", "A10")]
public sealed class AdjustmentTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Adjustments = "/ops/v1/ledger/adjustments";
    private const string Own = "4001.01.TEST.CNY";
    private const string Merchant = "2241.01.M1001.CNY";

    [Fact]
    [Trait("Rule", "P2")]
    public async Task two_persons_book_what_is_shown_in_digits_and_words_A10()
    {
        await OwnFundsAsync();
        var asked = await AskAsync("10000000.00");

        Assert.Equal((201, "open", "demo-operator"), (asked.Status, Of(asked.Json, "state"), Of(asked.Json, "requested_by")));
        var leg = asked.Json["legs"]![1]!;
        Assert.Equal(
            (Merchant, "credit", "Demo Tea House", "10,000,000.00", "壹仟万元整", "Ten million Chinese yuan and 00/100"),
            (Of(leg, "account"), Of(leg, "side"), Of(leg, "owner_name"), Of(leg["amount"]!, "digits"), Of(leg["amount"]!, "words_zh"), Of(leg["amount"]!, "words_en")));
        var before = decimal.Parse(Of(leg, "balance_before"));
        Assert.Equal(before + 10_000_000, decimal.Parse(Of(leg, "balance_after")));
        (await ApproveAsync(world.Operations, asked)).IsRefused(403, "second_person_needed");
        (await ApproveAsync(world.SecondOperator, asked, new string('0', 64))).IsRefused(409, "content_differs");

        var booked = await ApproveAsync(world.SecondOperator, asked);

        Assert.Equal((200, "posted", "second-operator"), (booked.Status, Of(booked.Json, "state"), Of(booked.Json, "checked_by")));
        Assert.Equal(before + 10_000_000, await BalanceAsync(Merchant));
        Assert.Equal(Of(booked.Json, "posting"), Of((await ApproveAsync(world.SecondOperator, asked)).Json, "posting"));
        Assert.Equal(before + 10_000_000, await BalanceAsync(Merchant));

        var posting = (await world.Operations.GetAsync("/ops/v1/ledger/postings/" + Of(booked.Json, "posting"))).Json;
        Assert.Equal(("adjustment", Of(asked.Json, "adjustment"), "goodwill"), (Of(posting, "kind"), Of(posting, "adjustment"), Of(posting, "narrative")));
        Assert.Equal(
            Of(posting, "posting"),
            Of((await world.Operations.GetAsync("/ops/v1/ledger/postings?order=" + Of(asked.Json, "adjustment"))).Json["postings"]![0]!, "posting"));
    }

    [Fact]
    public async Task what_was_booked_wrongly_is_taken_back_by_two_persons_A10()
    {
        await OwnFundsAsync();
        var before = await BalanceAsync(Merchant);
        var wrong = Of((await ApproveAsync(world.SecondOperator, await AskAsync("5.00"))).Json, "posting");
        var asked = await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), $$"""{"reason":"twice","reverses":"{{wrong}}"}""");
        Assert.Equal(
            [(Own, "credit", "5.00"), (Merchant, "debit", "5.00")],
            asked.Json["legs"]!.AsArray().Select(leg => (Of(leg!, "account"), Of(leg!, "side"), Of(leg!["amount"]!, "value"))));

        var booked = await ApproveAsync(world.SecondOperator, asked);

        Assert.Equal((200, before), (booked.Status, await BalanceAsync(Merchant)));
        var posting = (await world.Operations.GetAsync("/ops/v1/ledger/postings/" + wrong)).Json;
        Assert.Equal(Of(booked.Json, "posting"), Of(posting, "reversed_by"));
        (await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), $$"""{"reason":"twice","reverses":"{{wrong}}"}"""))
            .IsRefused(409, "already_reversed");
    }

    [Fact]
    public async Task each_leg_of_what_is_booked_is_shown_with_its_own_row_and_balances_A10()
    {
        await OwnFundsAsync();
        var given = new JsonObject { ["reason"] = "goodwill", ["legs"] = new JsonArray(Leg(Merchant, "credit"), Leg(Own, "debit")) }.ToJsonString();
        var first = await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), given.Replace("AMOUNT", "7.00").Replace("CURRENCY", "CNY"));
        var posting = Of((await ApproveAsync(world.SecondOperator, first)).Json, "posting");
        var back = await ApproveAsync(
            world.SecondOperator, await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), $$"""{"reason":"twice","reverses":"{{posting}}"}"""));

        Assert.Equal(
            [(Merchant, "debit", -7), (Own, "credit", 7)],
            back.Json["legs"]!.AsArray().Select(leg => (
                Of(leg!, "account"), Of(leg!, "side"), decimal.Parse(Of(leg!, "balance_after")) - decimal.Parse(Of(leg!, "balance_before")))));
        Assert.All(back.Json["legs"]!.AsArray(), leg => Assert.StartsWith(Of(leg!, "account"), Of(leg!, "row"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task what_the_ledger_refuses_is_named_and_can_be_refused_then_A10()
    {
        await OwnFundsAsync();
        var balance = await BalanceAsync(Merchant);
        var asked = await AskAsync((balance + 1).ToString("0.00"), debit: Merchant, credit: Own);
        Assert.Equal("overdraft", Of(asked.Json["warnings"]![0]!, "code"));

        (await ApproveAsync(world.SecondOperator, asked)).IsRefused(409, "overdraft");

        var open = (await world.Operations.GetAsync(PathOf(asked))).Json;
        Assert.Equal("open", Of(open, "state"));
        Assert.StartsWith("overdraft", Of(open, "remark"), StringComparison.Ordinal);
        var attempt = Assert.Single(open["attempts"]!.AsArray())!;
        Assert.Equal(("second-operator", Of(open, "remark")), (Of(attempt, "approved_by"), Of(attempt, "refusal")));
        var refused = await world.SecondOperator.PostAsync(PathOf(asked) + "/refuse", null, """{"remark":"there is not that much"}""");
        Assert.Equal((200, "refused", "there is not that much"), (refused.Status, Of(refused.Json, "state"), Of(refused.Json, "remark")));
        (await ApproveAsync(world.SecondOperator, asked)).IsRefused(409, "adjustment_refused");
        Assert.Equal(balance, await BalanceAsync(Merchant));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_with_another_body_is_refused_O13()
    {
        await OwnFundsAsync();
        var key = ApiWorld.New("key");
        var first = await AskAsync("1.00", key: key);

        Assert.Equal(Of(first.Json, "adjustment"), Of((await AskAsync("1.00", key: key)).Json, "adjustment"));
        (await AskAsync("2.00", key: key)).IsRefused(422, "idempotency_key_reused");
        (await world.Operations.PostAsync(Adjustments, null, Body("1.00"))).IsRefused(400, "idempotency_key_missing");
    }

    [Fact]
    public async Task what_cannot_be_booked_is_told_leg_by_leg_A10()
    {
        await OwnFundsAsync();
        var unfit = await AskAsync("1.00", credit: "nobody");
        unfit.IsRefused(422, "adjustment_unfit");
        Assert.Equal(("legs[1]", "account_unknown"), (Of(unfit.Json["errors"]![0]!, "field"), Of(unfit.Json["errors"]![0]!, "code")));
        (await AskAsync("1.00", currency: "USD")).IsRefused(422, "adjustment_unfit");
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task a_refund_that_is_under_way_is_not_given_back_by_hand_as_well_A9()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), "sim-refund-abnormal"));
        var refund = (await world.Merchant.RefundAsync(trade.TradeNo)).Json["payments"]![1]!;
        var item = Of(refund, "payment_no")[1..];

        var open = (await world.Operations.GetAsync("/ops/v1/ledger/accounts/2241.02.CNY/items")).Json["items"]!.AsArray().Single(one => Of(one!, "item") == item)!;
        Assert.True((bool)open["under_way"]!);
        Assert.Empty(open["would_clear"]!.AsArray());

        var asked = await AskOfItemAsync(item);
        Assert.Equal(201, asked.Status);
        foreach (var seen in new[] { asked.Json, (await world.SecondOperator.GetAsync(PathOf(asked))).Json })
        {
            Assert.Contains(seen["warnings"]!.AsArray(), warning => (Of(warning!, "leg"), Of(warning!, "code")) == ("legs[0]", "item_under_way"));
        }

        (await ApproveAsync(world.SecondOperator, asked)).IsRefused(409, "item_under_way");
        Assert.Equal("open", Of((await world.Operations.GetAsync(PathOf(asked))).Json, "state"));
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task an_item_that_is_not_open_any_more_is_not_cleared_again_A9()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
        var asked = await AskOfItemAsync(Of(trade.Json["payments"]![0]!, "payment_no"));

        Assert.Contains(asked.Json["warnings"]!.AsArray(), warning => Of(warning!, "code") == "item_not_open");
        (await ApproveAsync(world.SecondOperator, asked)).IsRefused(409, "item_not_open");
    }

    [Fact]
    public async Task an_item_that_is_the_number_of_nothing_is_told_leg_by_leg_A10()
    {
        var unfit = await AskOfItemAsync("203911200000000001");

        unfit.IsRefused(422, "adjustment_unfit");
        var error = Assert.Single(unfit.Json["errors"]!.AsArray())!;
        Assert.Equal(("legs[0]", "item_unknown"), (Of(error, "field"), Of(error, "code")));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"reason":"x"}""")]
    [InlineData("""{"reason":"","legs":[]}""")]
    [InlineData("""{"reason":"x","legs":[]}""")]
    [InlineData("""{"reason":"x","legs":{}}""")]
    [InlineData("""{"reason":"x","legs":[1,2]}""")]
    [InlineData("""{"reason":"x","legs":[{},{}]}""")]
    [InlineData("""{"reason":"x","legs":[{"account":"a","side":"left","amount":{"value":"1","currency":"CNY"}},{"account":"b","side":"credit","amount":{"value":"1","currency":"CNY"}}]}""")]
    [InlineData("""{"reason":"x","legs":[{"account":"a","side":"debit","amount":{"value":"-1","currency":"CNY"}},{"account":"b","side":"credit","amount":{"value":"1","currency":"CNY"}}]}""")]
    [InlineData("""{"reason":"x","legs":[{"account":"a","side":"debit","amount":{"value":"1.001","currency":"CNY"}},{"account":"b","side":"credit","amount":{"value":"1","currency":"YUAN"}}]}""")]
    [InlineData("""{"reason":"x","legs":[{"account":"a","side":"debit","amount":"1"},{"account":"b","side":"credit","amount":{"value":"0","currency":"CNY"}}]}""")]
    [InlineData("""{"reason":"x","reverses":"T202611200000000001"}""")]
    [InlineData("""{"reason":"x","reverses":17}""")]
    public async Task nonsense_is_refused_A10(string body) =>
        (await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), body)).IsRefused(400, "invalid_request");

    [Fact]
    public async Task what_is_not_there_is_not_found_A10()
    {
        foreach (var number in new[] { "A203911200000000001", "T202611200000000001", "17", "A" })
        {
            (await world.Operations.GetAsync($"{Adjustments}/{number}")).IsRefused(404, "adjustment_not_found");
            (await world.Operations.PostAsync($"{Adjustments}/{number}/approve", null, $$"""{"content_hash":"{{new string('0', 64)}}"}""")).IsRefused(404, "adjustment_not_found");
        }

        (await world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), """{"reason":"x","reverses":"L203911200000000001"}""")).IsRefused(404, "posting_not_found");
        (await world.Operations.GetAsync(Adjustments + "?state=closed")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync(Adjustments + "?after=17&limit=0")).IsRefused(400, "invalid_request");
        (await world.Operations.SendAsync(HttpMethod.Put, Adjustments, null)).IsRefused(405, "method_not_allowed");
    }

    [Fact]
    [Trait("Rule", "P1")]
    public async Task roles_say_who_may_look_ask_and_agree_P1()
    {
        await OwnFundsAsync();
        var looker = await world.OperatorAsync("view");
        var editor = await world.OperatorAsync("view,edit");
        var approver = await world.OperatorAsync("view,approve");
        var asked = await AskAsync("1.00");

        (await looker.PostAsync(Adjustments, ApiWorld.New("key"), Body("1.00"))).IsRefused(403, "role_missing");
        (await approver.PostAsync(Adjustments, ApiWorld.New("key"), Body("1.00"))).IsRefused(403, "role_missing");
        (await ApproveAsync(looker, asked)).IsRefused(403, "role_missing");
        (await ApproveAsync(editor, asked)).IsRefused(403, "role_missing");
        (await editor.PostAsync(PathOf(asked) + "/refuse", null, """{"remark":"x"}""")).IsRefused(403, "role_missing");
        (await world.Merchant.GetAsync(Adjustments)).IsRefused(401, "unauthorized");
        Assert.Equal(200, (await looker.GetAsync(Adjustments)).Status);
        Assert.Equal((200, "posted"), ((await ApproveAsync(approver, asked)).Status, Of((await looker.GetAsync(PathOf(asked))).Json, "state")));
    }

    private async Task OwnFundsAsync()
    {
        var answer = await world.Operations.PostAsync(
            "/ops/v1/ledger/accounts", ApiWorld.New("key"), $$"""{"number":"{{Own}}","kind":"own_funds","currency":"CNY"}""");
        Assert.True(answer.Status is 201 or 409, answer.ToString());
    }

    private Task<MerchantAnswer> AskAsync(string amount, string? key = null, string debit = Own, string credit = Merchant, string currency = "CNY") =>
        world.Operations.PostAsync(Adjustments, key ?? ApiWorld.New("key"), Body(amount, debit, credit, currency));

    /// <summary>As if somebody took what is open of it for stuck.</summary>
    private Task<MerchantAnswer> AskOfItemAsync(string item)
    {
        var debit = Leg("2241.02.CNY", "debit");
        debit["item"] = item;
        var body = new JsonObject { ["reason"] = "stuck", ["legs"] = new JsonArray(debit, Leg(Merchant, "credit")) }.ToJsonString();
        return world.Operations.PostAsync(Adjustments, ApiWorld.New("key"), body.Replace("AMOUNT", "88.00").Replace("CURRENCY", "CNY"));
    }

    private static string Body(string amount, string debit = Own, string credit = Merchant, string currency = "CNY") => new JsonObject
    {
        ["reason"] = "goodwill",
        ["legs"] = new JsonArray(Leg(debit, "debit"), Leg(credit, "credit")),
    }.ToJsonString().Replace("AMOUNT", amount, StringComparison.Ordinal).Replace("CURRENCY", currency, StringComparison.Ordinal);

    private static JsonObject Leg(string account, string side) => new()
    {
        ["account"] = account,
        ["side"] = side,
        ["amount"] = new JsonObject { ["value"] = "AMOUNT", ["currency"] = "CURRENCY" },
    };

    private static Task<MerchantAnswer> ApproveAsync(MerchantClient client, MerchantAnswer asked, string? hash = null) =>
        client.PostAsync(PathOf(asked) + "/approve", null, $$"""{"content_hash":"{{hash ?? Of(asked.Json, "content_hash")}}"}""");

    private async Task<decimal> BalanceAsync(string account) =>
        decimal.Parse(Of((await world.Operations.GetAsync("/ops/v1/ledger/accounts/" + account)).Json, "balance"));

    private static string PathOf(MerchantAnswer asked) => $"{Adjustments}/{Of(asked.Json, "adjustment")}";

    private static string Of(JsonNode json, string field) => (string)json[field]!;
}
