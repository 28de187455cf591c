using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations look at accounts and at what happened to them, open them and change them.</summary>
public sealed class LedgerTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Accounts = "/ops/v1/ledger/accounts";
    private const string Customers = "/ops/v1/ledger/customers";
    private const string Merchant = "2241.01.M1001.CNY";

    private const string SomeDay = "2026-11-20";

    [Fact]
    [Trait("Rule", "A2")]
    public async Task a_payment_is_seen_as_entries_posting_and_statement_A2()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));

        var postings = (await world.Operations.GetAsync($"/ops/v1/ledger/postings?order={trade.TradeNo}")).Json["postings"]!.AsArray();
        var posting = Assert.Single(postings)!;
        var payment = (string)trade.Json["payments"]![0]!["payment_no"]!;
        Assert.Equal(("payment", payment, 3), (Of(posting, "kind"), Of(posting, "order_no"), posting["legs"]!.AsArray().Count));
        Assert.Equal(Of(posting, "posting"), Of((await world.Operations.GetAsync($"/ops/v1/ledger/postings/{Of(posting, "posting")}")).Json, "posting"));

        var leg = posting["legs"]!.AsArray().Single(one => Of(one!, "account") == Merchant)!;
        var sequence = (long)leg["sequence"]!;
        var entry = (await world.Operations.GetAsync($"{Accounts}/{Merchant}/entries?after={sequence - 1}&limit=1")).Json["entries"]![0]!;
        Assert.Equal(
            (sequence, "credit", "87.47", Of(posting, "posting"), payment, Of(leg, "closing")),
            ((long)entry["sequence"]!, Of(entry, "side"), Of(entry, "amount"), Of(entry, "posting"), Of(entry, "order_no"), Of(entry, "closing")));

        var day = Of(posting, "posting_date");
        var statement = await world.Operations.GetAsync($"{Accounts}/{Merchant}/statement?from={day}&to={day}");
        Assert.Equal((200, "text/csv; charset=utf-8"), (statement.Status, statement.ContentType));
        var lines = statement.Text.Split("\r\n");
        Assert.StartsWith("line,day,row,sequence,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("opening,", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains(Of(posting, "posting"), StringComparison.Ordinal) && line.Contains(",87.47,", StringComparison.Ordinal));
        Assert.Equal(Column(lines[1], 10) + Sum(lines, 9) - Sum(lines, 8), Column(lines[^3], 10));
        Assert.Equal((Sum(lines, 8), Sum(lines, 9)), (Column(lines[^2], 8), Column(lines[^2], 9)));
        Assert.Equal(string.Empty, lines[^1]);
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task what_moves_between_the_rows_of_an_account_is_no_turnover_of_it_A2()
    {
        var (own, number) = (Of((await OpenAsync("own_funds")).Json, "number"), ApiWorld.New("2241.02"));
        await world.Operations.PostAsync(
            Accounts, ApiWorld.New("key"),
            $$"""{"number":"{{number}}","kind":"member","currency":"CNY","owner":"{{await CustomerAsync()}}","mode":"sharded","shards":2}""");
        await BookAsync($"[{Leg(own, "debit", "5.00")},{Leg(number, "credit", "5.00")}]");
        await BookAsync($"[{Leg(number, "debit", "2.00")},{Leg(own, "credit", "2.00")}]");

        var day = Of((await world.Operations.GetAsync("/ops/v1/ledger/days")).Json["days"]![0]!, "day");
        var lines = (await world.Operations.GetAsync($"{Accounts}/{number}/statement?from={day}&to={day}")).Text.Split("\r\n");

        Assert.Equal(("closing", 3.00m), (lines[^3].Split(',')[0], Column(lines[^3], 10)));
        Assert.Equal((2.00m, 5.00m), (Column(lines[^2], 8), Column(lines[^2], 9)));
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task an_account_is_opened_frozen_and_closed_A1()
    {
        var customer = await CustomerAsync();
        var number = ApiWorld.New("2241.02");
        var opened = await world.Operations.PostAsync(
            Accounts, ApiWorld.New("key"),
            $$"""{"number":"{{number}}","kind":"member","currency":"CNY","owner":"{{customer}}"}""");

        Assert.Equal(
            (201, "member", customer, "2241.01.02", "open", "0.00", "0.00", "0.00"),
            (opened.Status, Of(opened.Json, "kind"), Of(opened.Json, "owner"), Of(opened.Json, "subject"), Of(opened.Json, "status"),
                Of(opened.Json, "credit_line"), Of(opened.Json, "available"), Of(opened.Json, "balance")));
        Assert.Equal("I", Of((await world.Operations.GetAsync($"{Accounts}/{number}")).Json["customer_limits"]!, "class"));

        await world.ByTwoAsync($$"""{"what":"credit_line","account":"{{number}}","credit_line":{"value":"7.00","currency":"CNY"},"reason":"grown"}""");
        var line = await PutAsync($"{Accounts}/{number}/credit-line", """{"credit_line":{"value":"5.00","currency":"CNY"},"reason":"less trust"}""");
        Assert.Equal((200, "5.00", "5.00"), (line.Status, Of(line.Json, "credit_line"), Of(line.Json, "available")));
        var frozen = (await ChangeAsync(number, "freeze")).Json;
        Assert.Equal(("frozen", "0.00", "5.00"), (Of(frozen, "status"), Of(frozen, "available"), Of(frozen, "credit_line")));
        (await world.Operations.PostAsync($"{Accounts}/{number}/holds", ApiWorld.New("key"), Hold("1.00"))).IsRefused(409, "account_frozen");
        await world.ByTwoAsync($$"""{"what":"unfreeze","account":"{{number}}","reason":"the court is done"}""");
        var open = (await world.Operations.GetAsync($"{Accounts}/{number}")).Json;
        Assert.Equal(("open", "5.00"), (Of(open, "status"), Of(open, "available")));
        Assert.Equal("sharded", Of((await world.Operations.PostAsync($"{Accounts}/{number}/mode", ApiWorld.New("key"), """{"mode":"sharded","shards":3}""")).Json, "mode"));
        Assert.Equal("closed", Of((await ChangeAsync(number, "close")).Json, "status"));
        (await ChangeAsync(number, "freeze")).IsRefused(409, "account_status");

        var detail = (await world.Operations.GetAsync($"{Accounts}/{number}")).Json;
        Assert.Equal(3, detail["sub_accounts"]!.AsArray().Count);
        Assert.Equal(
            ["closed", "mode", "unfrozen", "frozen", "credit_line", "credit_line", "opened"], detail["changes"]!.AsArray().Select(change => Of(change!, "what")));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task a_change_is_made_once_under_its_key_O13()
    {
        var (key, number) = (ApiWorld.New("key"), ApiWorld.New("4001.99"));
        var body = $$"""{"number":"{{number}}","kind":"transit","currency":"CNY","owner":"{{Owner()}}"}""";
        var first = await world.Operations.PostAsync(Accounts, key, body);
        var again = await world.Operations.PostAsync(Accounts, key, body);

        Assert.Equal((201, 201, first.Text), (first.Status, again.Status, again.Text));
        (await world.Operations.PostAsync(Accounts, key, body.Replace("transit", "suspense", StringComparison.Ordinal))).IsRefused(422, "idempotency_key_reused");
        (await world.Operations.PostAsync(Accounts, ApiWorld.New("key"), body)).IsRefused(409, "account_exists");
        (await world.Operations.PostAsync(Accounts, null, body)).IsRefused(400, "idempotency_key_missing");

        // A refusal leaves the key free.
        var free = ApiWorld.New("key");
        (await world.Operations.PostAsync(Accounts, free, body)).IsRefused(409, "account_exists");
        Assert.Equal(201, (await OpenAsync("transit", free)).Status);

        // One that was cut short after it was done is done.
        await world.Database.ExecuteAsync("update operations_request set answer_status = null, answer_body = null where request_key = $1", key);
        Assert.Equal(201, (await world.Operations.PostAsync(Accounts, key, body)).Status);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("number")]
    [InlineData("after")]
    public async Task what_no_text_can_have_is_refused(string name) =>
        (await world.Operations.GetAsync($"{Accounts}?{name}=a%00b")).IsRefused(400, "invalid_request");

    [Fact]
    [Trait("Rule", "A1")]
    public async Task a_part_of_a_balance_is_held_and_let_go_A1()
    {
        await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
        var frozen = await FrozenAsync();
        var key = ApiWorld.New("key");
        var held = await world.Operations.PostAsync($"{Accounts}/{Merchant}/holds", key, Hold("12.34"));
        Assert.Equal((201, "12.34", "12.34", "demo-operator"), (held.Status, Of(held.Json["amount"]!, "value"), Of(held.Json, "left"), Of(held.Json, "placed_by")));
        Assert.Equal(Of(held.Json, "hold"), Of((await world.Operations.PostAsync($"{Accounts}/{Merchant}/holds", key, Hold("12.34"))).Json, "hold"));
        (await world.Operations.PostAsync($"{Accounts}/{Merchant}/holds", key, Hold("12.35"))).IsRefused(422, "idempotency_key_reused");
        Assert.Equal(frozen + 12.34m, await FrozenAsync());
        Assert.Contains((await world.Operations.GetAsync($"{Accounts}/{Merchant}/holds")).Json["holds"]!.AsArray(), hold => Of(hold!, "hold") == Of(held.Json, "hold"));

        var part = await world.ByTwoAsync(Release(held, ""","amount":{"value":"2.34","currency":"CNY"}"""));
        Assert.Equal(("12.34", "10.00"), (Of(part, "left_before"), Of(part, "left_after")));
        (await world.AskAsync(Release(held, ""","amount":{"value":"10.01","currency":"CNY"}"""))).IsRefused(409, "hold_exceeded");
        Assert.Equal("0.00", Of(await world.ByTwoAsync(Release(held)), "left_after"));
        Assert.Equal(frozen, await FrozenAsync());
        var late = await world.Operations.PostAsync(
            $"{Accounts}/{Merchant}/holds", ApiWorld.New("key"), """{"amount":{"value":"1.00","currency":"CNY"},"reason":"too late","expires_at":"2026-01-01T00:00:00Z"}""");
        late.IsRefused(400, "invalid_request");
        Assert.Equal(("expires_at", "out_of_range"), (Of(late.Json["errors"]![0]!, "field"), Of(late.Json["errors"]![0]!, "code")));
        var beyond = await world.Operations.PostAsync($"{Accounts}/{Merchant}/holds", ApiWorld.New("key"), Hold("9999999.00"));
        beyond.IsRefused(409, "overdraft");
        Assert.Equal($"account {Merchant}", Of(beyond.Json, "detail"));
    }

    [Fact]
    [Trait("Rule", "A10")]
    public async Task what_an_order_booked_is_not_taken_back_behind_its_back_A10()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
        var posting = (await world.Operations.GetAsync($"/ops/v1/ledger/postings?order={trade.TradeNo}")).Json["postings"]![0]!;

        (await world.Operations.PostAsync(
            "/ops/v1/ledger/adjustments", ApiWorld.New("key"), $$"""{"reason":"wrong","reverses":"{{Of(posting, "posting")}}"}""")).IsRefused(409, "posting_of_an_order");
    }

    [Fact]
    [Trait("Rule", "O9")]
    public async Task what_is_given_back_is_booked_under_the_number_of_its_refund_O9()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
        var refund = (await world.Merchant.PostAsync($"/v1/trades/{trade.TradeNo}/refunds", ApiWorld.New("key"), "{}")).Json["payments"]!.AsArray()[^1]!;

        var postings = (await world.Operations.GetAsync($"/ops/v1/ledger/postings?order={trade.TradeNo}")).Json["postings"]!.AsArray();
        var taken = Assert.Single(postings, posting => Of(posting!, "kind").EndsWith("_taken", StringComparison.Ordinal))!;

        Assert.Equal(Of(refund, "payment_no"), Of(taken, "order_no"));
    }

    [Fact]
    [Trait("Rule", "A12")]
    public async Task a_customer_gets_a_class_when_enough_vouch_for_him_A12()
    {
        var number = await CustomerAsync();
        var higher = $$"""{"what":"class","customer":"{{number}}","class":"II","reason":"known by now"}""";
        (await world.AskAsync(higher)).IsRefused(409, "not_verified");
        foreach (var source in new[] { "police", "bank", "telecom" })
        {
            Assert.Equal(201, (await world.Operations.PostAsync($"{Customers}/{number}/verifications", ApiWorld.New("key"), $$"""{"source":"{{source}}"}""")).Status);
        }

        var changed = await world.ByTwoAsync(higher);

        Assert.Equal(
            ("Wang Wei", "I", "II", "壹拾万元整", 3),
            (Of(changed, "customer_name"), Of(changed["class_before"]!, "class"), Of(changed["class_after"]!, "class"),
                Of(changed["class_after"]!["limit"]!, "words_zh"), changed["verifications"]!.AsArray().Count));
        var customer = (await world.Operations.GetAsync($"{Customers}/{number}")).Json;
        Assert.Equal(("II", "known by now"), (Of(customer, "class"), Of(customer["class_changes"]![0]!, "reason")));
        (await PutAsync($"{Customers}/{number}/class", """{"class":"III","reason":"x"}""")).IsRefused(403, "second_person_needed");
        Assert.Equal("I", Of((await PutAsync($"{Customers}/{number}/class", """{"class":"I","reason":"strange payments"}""")).Json, "class"));
        (await PutAsync($"{Customers}/{number}/class", """{"class":"IV","reason":"x"}""")).IsRefused(409, "no_such_class");
        (await PutAsync($"{Customers}/nobody/class", """{"class":"II","reason":"x"}""")).IsRefused(404, "customer_not_found");
        (await PutAsync($"{Customers}/{number}/class", """{"class":"I"}""")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync($"{Customers}/nobody")).IsRefused(404, "customer_not_found");
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task what_is_under_way_says_what_would_clear_it_A9()
    {
        var (transit, own) = (Of((await OpenAsync("transit")).Json, "number"), Of((await OpenAsync("loss")).Json, "number"));
        await BookAsync($$"""[{{Leg(own, "debit", "3.00")}},{{Leg(transit, "credit", "3.00")}}]""");

        var item = Assert.Single((await world.Operations.GetAsync($"{Accounts}/{transit}/items")).Json["items"]!.AsArray())!;
        Assert.Equal(("3.00", "credit", 0), (Of(item["amount"]!, "value"), Of(item, "side"), (int)item["age_days"]!));
        Assert.False((bool)item["under_way"]!);
        await BookAsync(item["would_clear"]!.ToJsonString());

        Assert.Empty((await world.Operations.GetAsync($"{Accounts}/{transit}/items")).Json["items"]!.AsArray());
        (await world.Operations.GetAsync($"{Accounts}/{Merchant}/items")).IsRefused(409, "not_a_transit_account");
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task accounts_are_listed_in_pages_A1()
    {
        var page = (await world.Operations.GetAsync($"{Accounts}?limit=2")).Json["accounts"]!.AsArray();
        var next = (await world.Operations.GetAsync($"{Accounts}?limit=2&after={Of(page[1]!, "number")}")).Json["accounts"]!.AsArray();
        Assert.True(string.CompareOrdinal(Of(page[1]!, "number"), Of(next[0]!, "number")) < 0);
        Assert.Equal(
            [Merchant, "2241.01.M1001.USD"],
            (await world.Operations.GetAsync($"{Accounts}?owner=M1001&kind=merchant&subject=2241&number=2241.01")).Json["accounts"]!.AsArray().Select(one => Of(one!, "number")));
    }

    [Theory]
    [Trait("Rule", "A1")]
    [InlineData("?kind=nothing")]
    [InlineData("?limit=501")]
    [InlineData("?limit=x")]
    [InlineData("?subject=22'41")]
    [InlineData("/2241.01.M1001.CNY/entries?after=-1")]
    [InlineData("/2241.01.M1001.CNY/entries?day=today")]
    [InlineData("/2241.01.M1001.CNY/entries?row=99")]
    [InlineData("/2241.01.M1001.CNY/statement")]
    [InlineData("/2241.01.M1001.CNY/statement?from=2026-01-02&to=2026-01-01")]
    [InlineData("/2241.01.M1001.CNY/statement?from=2024-01-01&to=2026-01-01")]
    [InlineData("/2241.01.M1001.CNY/holds?state=some")]
    [InlineData("/2241.01.M1001.CNY/holds?after=17")]
    public async Task a_question_that_means_nothing_is_refused_A1(string query) =>
        (await world.Operations.GetAsync(Accounts + query)).IsRefused(400, "invalid_request");

    [Theory]
    [Trait("Rule", "A1")]
    [InlineData("", """{"number":"x","kind":"purse","currency":"CNY"}""")]
    [InlineData("", """{"number":"x","kind":"member","currency":"CNY"}""")]
    [InlineData("", """{"number":"x","kind":"member","currency":"CNY","owner":"nobody"}""")]
    [InlineData("", """{"number":"x","kind":"merchant","currency":"CNY","owner":"nobody"}""")]
    [InlineData("", """{"number":"x","kind":"transit","currency":"CNY","owner":"M1001"}""")]
    [InlineData("", """{"number":"x y","kind":"transit","currency":"CNY"}""")]
    [InlineData("", """{"number":"x","kind":"transit","currency":"YUAN"}""")]
    [InlineData("", """{"number":"x","kind":"transit","currency":"CNY","mode":"slow"}""")]
    [InlineData("", """{"number":"x","kind":"transit","currency":"CNY","shards":0}""")]
    [InlineData("", """{"number":"x","kind":"transit","currency":"CNY","credit_line":{"value":"1","currency":"CNY"}}""")]
    [InlineData("/2241.01.M1001.CNY/freeze", """{}""")]
    [InlineData("/2241.01.M1001.CNY/mode", """{"mode":"x"}""")]
    [InlineData("/2241.01.M1001.CNY/holds", """{"amount":{"value":"1","currency":"USD"},"reason":"x"}""")]
    [InlineData("/2241.01.M1001.CNY/holds", """{"amount":{"value":"0","currency":"CNY"},"reason":"x"}""")]
    [InlineData("/2241.01.M1001.CNY/holds", """{"amount":{"value":"1","currency":"CNY"},"reason":"x","expires_at":"tomorrow"}""")]
    public async Task a_wish_that_means_nothing_is_refused_A1(string path, string body) =>
        (await world.Operations.PostAsync(Accounts + path, ApiWorld.New("key"), body)).IsRefused(400, "invalid_request");

    [Fact]
    [Trait("Rule", "P1")]
    public async Task roles_say_who_may_look_and_who_may_change_P1()
    {
        var looker = await world.OperatorAsync("view");
        var approver = await world.OperatorAsync("approve");
        foreach (var path in new[] { "", "/freeze", "/close", "/mode", "/holds" })
        {
            var full = path.Length == 0 ? Accounts : $"{Accounts}/{Merchant}{path}";
            (await looker.PostAsync(full, ApiWorld.New("key"), "{}")).IsRefused(403, "role_missing");
            (await approver.PostAsync(full, ApiWorld.New("key"), "{}")).IsRefused(403, "role_missing");
            (await world.Merchant.PostAsync(full, ApiWorld.New("key"), "{}")).IsRefused(401, "unauthorized");
        }

        (await looker.PostAsync(Customers, ApiWorld.New("key"), "{}")).IsRefused(403, "role_missing");
        (await approver.GetAsync(Accounts)).IsRefused(403, "role_missing");
        (await approver.GetAsync($"{Accounts}/{Merchant}/statement?from={SomeDay}&to={SomeDay}")).IsRefused(403, "role_missing");
        (await world.WithoutKey.GetAsync($"{Accounts}/{Merchant}/statement?from={SomeDay}&to={SomeDay}")).IsRefused(401, "unauthorized");
        Assert.Equal(200, (await looker.GetAsync($"{Accounts}/{Merchant}")).Status);
        foreach (var what in new[] { "", "/entries", "/holds", "/items", $"/statement?from={SomeDay}&to={SomeDay}" })
        {
            (await looker.GetAsync($"{Accounts}/nobody{what}")).IsRefused(404, "account_not_found");
        }

        (await looker.GetAsync("/ops/v1/ledger/postings/L203911200000000001")).IsRefused(404, "posting_not_found");
        (await looker.GetAsync("/ops/v1/ledger/postings?order=17")).IsRefused(400, "invalid_request");
        (await world.Operations.PostAsync($"{Accounts}/nobody/freeze", ApiWorld.New("key"), """{"reason":"x"}""")).IsRefused(404, "account_not_found");
    }

    /// <summary>One of our own.</summary>
    private Task<MerchantAnswer> OpenAsync(string kind, string? key = null) => world.Operations.PostAsync(
        Accounts, key ?? ApiWorld.New("key"), $$"""{"number":"{{ApiWorld.New(kind)}}","kind":"{{kind}}","currency":"CNY","owner":"{{Owner()}}"}""");

    private static string Owner() => ApiWorld.New("1").Replace("-", string.Empty, StringComparison.Ordinal);

    private async Task BookAsync(string legs)
    {
        var asked = await world.Operations.PostAsync("/ops/v1/ledger/adjustments", ApiWorld.New("key"), $$"""{"reason":"x","legs":{{legs}}}""");
        Assert.True(asked.Status == 201, asked.ToString());
        var booked = await world.SecondOperator.PostAsync(
            $"/ops/v1/ledger/adjustments/{Of(asked.Json, "adjustment")}/approve", null, $$"""{"content_hash":"{{Of(asked.Json, "content_hash")}}"}""");
        Assert.True(booked.Status == 200 && Of(booked.Json, "state") == "posted", booked.ToString());
    }

    private async Task<string> CustomerAsync()
    {
        var number = ApiWorld.New("C");
        var answer = await world.Operations.PostAsync(Customers, ApiWorld.New("key"), $$"""{"number":"{{number}}","name":"Wang Wei"}""");
        Assert.Equal((201, "I"), (answer.Status, Of(answer.Json, "class")));
        return number;
    }

    private Task<MerchantAnswer> ChangeAsync(string number, string verb) =>
        world.Operations.PostAsync($"{Accounts}/{number}/{verb}", ApiWorld.New("key"), """{"reason":"because"}""");

    private async Task<decimal> FrozenAsync() => decimal.Parse(Of((await world.Operations.GetAsync($"{Accounts}/{Merchant}")).Json, "frozen"));

    private Task<MerchantAnswer> PutAsync(string path, string body) =>
        world.Operations.SendAsync(HttpMethod.Put, path, MerchantClient.Json(Encoding.UTF8.GetBytes(body)));

    private static string Hold(string amount) => $$"""{"amount":{"value":"{{amount}}","currency":"CNY"},"reason":"court order"}""";

    private static string Release(MerchantAnswer held, string amount = "") =>
        $$"""{"what":"release_hold","hold":"{{Of(held.Json, "hold")}}","reason":"settled"{{amount}} }""";

    private static string Leg(string account, string side, string amount) =>
        $$"""{"amount":{"value":"{{amount}}","currency":"CNY"},"account":"{{account}}","side":"{{side}}"}""";

    private static decimal Column(string line, int at) => line.Split(',')[at] is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static decimal Sum(string[] lines, int column) =>
        lines.Where(line => line.StartsWith("entry,", StringComparison.Ordinal)).Sum(line => Column(line, column));

    private static string Of(JsonNode json, string field) => (string)json[field]!;
}
