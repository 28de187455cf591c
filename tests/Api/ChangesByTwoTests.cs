using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>What gives somebody more to spend, by two persons; what takes it away, by one and at once.</summary>
[Trait("Rule", "P2")]
public sealed class ChangesByTwoTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Accounts = "/ops/v1/ledger/accounts";
    private const string Merchant = "2241.01.M1001.CNY";
    private const string Dollars = "2241.01.M1001.USD";

    [Fact]
    [Trait("Rule", "A10")]
    public async Task two_persons_enlarge_a_credit_line_that_is_shown_in_digits_and_words_A10()
    {
        var asked = await world.AskAsync(Line(Merchant, "10000000.00"));
        Assert.Equal((201, "open", "demo-operator", "credit_line"), (asked.Status, Of(asked, "state"), Of(asked, "requested_by"), Of(asked, "what")));
        Assert.Equal(("Demo Tea House", "0.00"), (Of(asked, "owner_name"), Of(asked.Json["credit_line_before"]!, "value")));
        Assert.Equal(
            ("10,000,000.00", "壹仟万元整", "Ten million Chinese yuan and 00/100"),
            (Of(asked.Json["credit_line_after"]!, "digits"), Of(asked.Json["credit_line_after"]!, "words_zh"), Of(asked.Json["credit_line_after"]!, "words_en")));
        (await world.Operations.ApproveAsync(asked)).IsRefused(403, "second_person_needed");
        (await RefuseAsync(world.Operations, asked)).IsRefused(403, "second_person_needed");
        (await world.SecondOperator.ApproveAsync(asked, new string('0', 64))).IsRefused(409, "content_differs");
        Assert.Equal("0.00", await LineAsync(Merchant));

        var done = await world.SecondOperator.ApproveAsync(asked);

        Assert.Equal((200, "applied", "second-operator"), (done.Status, Of(done, "state"), Of(done, "checked_by")));
        Assert.Equal("10000000.00", await LineAsync(Merchant));
        Assert.Equal(done.Text, (await world.SecondOperator.ApproveAsync(asked)).Text);
        Assert.Equal(
            "demo-operator, approved by second-operator",
            Of((await world.Operations.GetAsync($"{Accounts}/{Merchant}")).Json["changes"]![0]!, "changed_by"));
        (await RefuseAsync(world.SecondOperator, asked)).IsRefused(409, "change_approved");
        Assert.Equal("0.00", Of((await PutLineAsync(Merchant, "0.00")).Json, "credit_line"));
    }

    [Fact]
    public async Task one_person_gives_nobody_more_to_spend_P2()
    {
        (await PutLineAsync(Dollars, "0.01", "USD")).IsRefused(403, "second_person_needed");
        (await world.Operations.PostAsync($"{Accounts}/{Merchant}/unfreeze", ApiWorld.New("key"), """{"reason":"x"}""")).IsRefused(404, "not_found");
        (await world.Operations.PostAsync("/ops/v1/ledger/holds/H202611200000000001/release", ApiWorld.New("key"), "{}")).IsRefused(404, "not_found");
        Assert.Equal("0.00", await LineAsync(Dollars));
        (await world.AskAsync(Line(Dollars, "0.00", "USD"))).IsRefused(400, "invalid_request");

        await world.ByTwoAsync(Line(Dollars, "5.00", "USD"));
        (await world.AskAsync(Line(Dollars, "4.00", "USD"))).IsRefused(409, "needs_no_second_person");
        Assert.Equal("0.00", Of((await PutLineAsync(Dollars, "0.00", "USD")).Json, "credit_line"));
    }

    [Fact]
    public async Task the_second_person_sees_why_an_account_was_frozen_P2()
    {
        var number = await AccountAsync();
        await world.Operations.PostAsync($"{Accounts}/{number}/freeze", ApiWorld.New("key"), """{"reason":"court A"}""");

        var asked = await world.AskAsync(Unfreeze(number));

        Assert.Equal(("unfreeze", "frozen"), (Of(asked, "what"), Of(asked, "status")));
        Assert.Equal(("court A", "demo-operator"), (Of(Assert.Single(Freezes(asked))!, "reason"), Of(Freezes(asked)[0]!, "frozen_by")));
        Assert.Null(asked.Json["obstacle"]);

        await world.SecondOperator.ApproveAsync(asked);
        foreach (var court in new[] { "court B", "court C" })
        {
            await world.Operations.PostAsync($"{Accounts}/{number}/freeze", ApiWorld.New("key"), $$"""{"reason":"{{court}}"}""");
        }

        Assert.Equal(["court B", "court C"], Freezes(await world.AskAsync(Unfreeze(number))).Select(freeze => Of(freeze!, "reason")));
        Assert.Equal("court A", Of(Assert.Single(Freezes(await world.Operations.GetAsync(TwoPersons.PathOf(asked))))!, "reason"));
    }

    [Fact]
    public async Task what_has_changed_meanwhile_is_not_done_and_says_who_agreed_P2()
    {
        var number = await AccountAsync();
        await world.Operations.PostAsync($"{Accounts}/{number}/freeze", ApiWorld.New("key"), """{"reason":"court A"}""");
        var asked = await world.AskAsync(Unfreeze(number));
        await world.Operations.PostAsync($"{Accounts}/{number}/freeze", ApiWorld.New("key"), """{"reason":"court B"}""");

        (await world.SecondOperator.ApproveAsync(asked)).IsRefused(409, "changed_meanwhile");

        var open = (await world.Operations.GetAsync(TwoPersons.PathOf(asked))).Json;
        Assert.Equal(("open", "changed_meanwhile"), (Of(open, "state"), Of(open, "obstacle")));
        Assert.Equal(("second-operator", "changed_meanwhile"), (Of(open["attempts"]![0]!, "approved_by"), Of(open["attempts"]![0]!, "refusal")));
        Assert.Equal("frozen", Of((await world.Operations.GetAsync($"{Accounts}/{number}")).Json, "status"));
        Assert.Equal((200, "refused", "ask anew"), (await RefuseAsync(world.SecondOperator, asked)) is var refused ? (refused.Status, Of(refused, "state"), Of(refused, "remark")) : default);
        (await world.SecondOperator.ApproveAsync(asked)).IsRefused(409, "change_refused");
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_is_the_same_request_O13()
    {
        var key = ApiWorld.New("key");
        var first = await world.AskAsync(Line(Merchant, "1.00"), key);

        Assert.Equal(first.Text, (await world.AskAsync(Line(Merchant, "1.00"), key)).Text);
        (await world.AskAsync(Line(Merchant, "2.00"), key)).IsRefused(422, "idempotency_key_reused");
        (await world.Operations.PostAsync(TwoPersons.Changes, null, Line(Merchant, "1.00"))).IsRefused(400, "idempotency_key_missing");
    }

    [Fact]
    public async Task what_waits_for_a_second_person_is_listed_P2()
    {
        var (one, other) = (await world.AskAsync(Line(Merchant, "3.00")), await world.AskAsync(Line(Merchant, "4.00")));
        await RefuseAsync(world.SecondOperator, one);

        var open = (await world.Operations.GetAsync($"{TwoPersons.Changes}?limit=500")).Json["changes"]!.AsArray().Select(change => Of(change!, "change")).ToList();
        Assert.Contains(Of(other, "change"), open);
        Assert.DoesNotContain(Of(one, "change"), open);
        var next = (await world.Operations.GetAsync($"{TwoPersons.Changes}?state=all&limit=1&after={Of(one, "change")}")).Json["changes"]!.AsArray();
        Assert.Equal(Of(other, "change"), Of(Assert.Single(next)!, "change"));
        (await world.Operations.GetAsync(TwoPersons.Changes + "?state=closed")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync(TwoPersons.Changes + "?after=17")).IsRefused(400, "invalid_request");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"what":"gift","account":"2241.01.M1001.CNY","reason":"x"}""")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","reason":"x"}""")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","credit_line":{"value":"-1","currency":"CNY"},"reason":"x"}""")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","credit_line":{"value":"1","currency":"YUAN"},"reason":"x"}""")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","credit_line":{"value":"1","currency":"CNY"},"class":"II","reason":"x"}""")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","credit_line":{"value":"1","currency":"CNY"}}""")]
    [InlineData("""{"what":"unfreeze","reason":"x"}""")]
    [InlineData("""{"what":"unfreeze","account":"2241.01.M1001.CNY","reason":""}""")]
    [InlineData("""{"what":"class","customer":"C1","reason":"x"}""")]
    [InlineData("""{"what":"release_hold","hold":"17","reason":"x"}""")]
    [InlineData("""{"what":"release_hold","hold":"H202611200000000001","amount":"1","reason":"x"}""")]
    public async Task nonsense_is_refused_P2(string body) => (await world.AskAsync(body)).IsRefused(400, "invalid_request");

    [Theory]
    [InlineData("""{"what":"credit_line","account":"nobody","credit_line":{"value":"1","currency":"CNY"},"reason":"x"}""", 404, "account_not_found")]
    [InlineData("""{"what":"credit_line","account":"2241.01.M1001.CNY","credit_line":{"value":"1","currency":"USD"},"reason":"x"}""", 409, "currency_differs")]
    [InlineData("""{"what":"unfreeze","account":"nobody","reason":"x"}""", 404, "account_not_found")]
    [InlineData("""{"what":"unfreeze","account":"2241.01.M1001.CNY","reason":"x"}""", 409, "account_status")]
    [InlineData("""{"what":"class","customer":"nobody","class":"II","reason":"x"}""", 404, "customer_not_found")]
    [InlineData("""{"what":"release_hold","hold":"H203911200000000001","reason":"x"}""", 404, "hold_not_found")]
    public async Task what_cannot_be_done_is_not_asked_for_P2(string body, int status, string code) => (await world.AskAsync(body)).IsRefused(status, code);

    [Fact]
    public async Task what_is_not_there_is_not_found_P2()
    {
        foreach (var number in new[] { "C203911200000000001", "A202611200000000001", "17", "C" })
        {
            (await world.Operations.GetAsync($"{TwoPersons.Changes}/{number}")).IsRefused(404, "change_not_found");
            (await world.SecondOperator.PostAsync($"{TwoPersons.Changes}/{number}/approve", null, $$"""{"content_hash":"{{new string('0', 64)}}"}"""))
                .IsRefused(404, "change_not_found");
            (await world.SecondOperator.PostAsync($"{TwoPersons.Changes}/{number}/refuse", null, """{"remark":"x"}""")).IsRefused(404, "change_not_found");
        }
    }

    [Fact]
    [Trait("Rule", "P1")]
    public async Task roles_say_who_may_look_ask_and_agree_P1()
    {
        var looker = await world.OperatorAsync("view");
        var editor = await world.OperatorAsync("view,edit");
        var approver = await world.OperatorAsync("view,approve");
        var asked = await world.AskAsync(Line(Merchant, "6.00"));

        (await looker.PostAsync(TwoPersons.Changes, ApiWorld.New("key"), Line(Merchant, "1.00"))).IsRefused(403, "role_missing");
        (await approver.PostAsync(TwoPersons.Changes, ApiWorld.New("key"), Line(Merchant, "1.00"))).IsRefused(403, "role_missing");
        (await looker.ApproveAsync(asked)).IsRefused(403, "role_missing");
        (await editor.ApproveAsync(asked)).IsRefused(403, "role_missing");
        (await RefuseAsync(editor, asked)).IsRefused(403, "role_missing");
        (await world.Merchant.GetAsync(TwoPersons.Changes)).IsRefused(401, "unauthorized");
        Assert.Equal(200, (await looker.GetAsync(TwoPersons.Changes)).Status);
        Assert.Equal((200, "refused"), (await RefuseAsync(approver, asked)) is var refused ? (refused.Status, Of(refused, "state")) : default);
    }

    private static Task<MerchantAnswer> RefuseAsync(MerchantClient client, MerchantAnswer asked) =>
        client.PostAsync(TwoPersons.PathOf(asked) + "/refuse", null, """{"remark":"ask anew"}""");

    private static string Line(string account, string value, string currency = "CNY") =>
        $$"""{"what":"credit_line","account":"{{account}}","credit_line":{"value":"{{value}}","currency":"{{currency}}"},"reason":"grown"}""";

    private static string Unfreeze(string account) => $$"""{"what":"unfreeze","account":"{{account}}","reason":"court A is done"}""";

    private static JsonArray Freezes(MerchantAnswer answer) => answer.Json["freezes"]!.AsArray();

    private Task<MerchantAnswer> PutLineAsync(string account, string value, string currency = "CNY") => world.Operations.SendAsync(
        HttpMethod.Put,
        $"{Accounts}/{account}/credit-line",
        MerchantClient.Json(Encoding.UTF8.GetBytes($$"""{"credit_line":{"value":"{{value}}","currency":"{{currency}}"},"reason":"watched"}""")));

    private async Task<string> LineAsync(string account) => Of((await world.Operations.GetAsync($"{Accounts}/{account}")).Json, "credit_line");

    /// <summary>One of our own that no other test uses.</summary>
    private async Task<string> AccountAsync()
    {
        var (number, owner) = (ApiWorld.New("loss"), ApiWorld.New("1").Replace("-", string.Empty, StringComparison.Ordinal));
        var opened = await world.Operations.PostAsync(
            Accounts, ApiWorld.New("key"), $$"""{"number":"{{number}}","kind":"loss","currency":"CNY","owner":"{{owner}}"}""");
        Assert.True(opened.Status == 201, opened.ToString());
        return number;
    }

    private static string Of(MerchantAnswer answer, string field) => Of(answer.Json, field);

    private static string Of(JsonNode json, string field) => (string)json[field]!;
}
