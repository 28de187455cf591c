using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Finance reads the general ledger, and says how postings look in it.</summary>
[Trait("Rule", "A8")]
public sealed class GeneralLedgerTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Ledger = "/ops/v1/ledger";
    private const string Templates = Ledger + "/voucher-templates";

    private const string Good =
        """
        {"lines":[
          {"side":"debit","subject":"1122.01.01","amount":"channel_receivable","summary":"collected"},
          {"side":"credit","subject":"2241.01.01","amount":"total"},
          {"side":"debit","subject":"2241.01.01","amount":"fee_income"},
          {"side":"credit","subject":"6021.01.01","amount":"fee_income","summary":"fee"}]}
        """;

    [Fact]
    public async Task a_payment_is_found_as_a_voucher_in_the_trial_balance_and_in_the_reserve_A8()
    {
        var voucher = await PaidAsync();
        var day = Text(voucher, "day");

        Assert.Equal("payment", Text(voucher, "kind"));
        Assert.Equal(
            ["debit 1122.01.01 88.00 CNY", "credit 2241.01.01 87.47 CNY", "credit 6021.01.01 0.53 CNY"],
            voucher["lines"]!.AsArray().Select(line => $"{Text(line!, "side")} {Text(line!, "subject")} {Text(line!, "amount")} {Text(line!, "currency")}"));
        Assert.Matches("^L[0-9]{18,}$", Text(voucher, "posting"));
        Assert.Matches("^P[0-9]{18,}$", Text(voucher, "order"));
        Assert.Equal(voucher.ToJsonString(), (await GetAsync($"/vouchers/{Text(voucher, "posting")}")).ToJsonString());
        Assert.Contains((await GetAsync($"/vouchers?day={day}&subject=6021")).AsObject()["vouchers"]!.AsArray(), one => Text(one!, "posting") == Text(voucher, "posting"));
        Assert.DoesNotContain(
            (await GetAsync($"/vouchers?day={day}&after={voucher["number"]}"))["vouchers"]!.AsArray(), one => (long)one!["number"]! <= (long)voucher["number"]!);

        var balance = Currency(await GetAsync($"/trial-balance?day={day}"), "CNY");
        Assert.True((bool)balance["totals"]!["balanced"]!);
        Assert.Equal(Text(balance["totals"]!, "debit"), Text(balance["totals"]!, "credit"));
        var lines = balance["subjects"]!.AsArray().ToDictionary(line => Text(line!, "code"), line => Text(line!, "debit"));
        Assert.Equal(lines["1122"], lines["1122.01.01"]);
        Assert.True(decimal.Parse(lines["1122.01"], CultureInfo.InvariantCulture) >= 88.00m);

        var reserve = Currency(await GetAsync($"/reserve?day={day}"), "CNY");
        var (held, owed) = (decimal.Parse(Text(reserve, "held"), CultureInfo.InvariantCulture), decimal.Parse(Text(reserve, "owed"), CultureInfo.InvariantCulture));
        Assert.Equal(held - owed, decimal.Parse(Text(reserve, "difference"), CultureInfo.InvariantCulture));
        Assert.True((bool)reserve["covered"]! && owed > 0);

        var subject = Assert.Single((await GetAsync("/subjects"))["subjects"]!.AsArray(), one => Text(one!, "code") == "1002.01.01")!;
        Assert.Equal(("备付金银行存款", "1002.01", "debit", "held"), (Text(subject, "name_zh"), Text(subject, "parent"), Text(subject, "side"), Text(subject, "reserve")));
    }

    [Fact]
    public async Task a_template_is_written_by_one_person_and_in_force_when_another_approves_it_A8()
    {
        var draft = await PutAsync(world.Operations, "surplus", Surplus("suspense"));
        Assert.Equal((200, "draft", "demo-operator"), (draft.Status, Text(draft.Json, "state"), Text(draft.Json, "made_by")));
        Assert.Equal(draft.Json["version"]!.ToString(), (await PutAsync(world.Operations, "surplus", Surplus("suspense"))).Json["version"]!.ToString());
        var approve = $"{Templates}/surplus/{draft.Json["version"]}/approve";

        (await world.Operations.PostAsync(approve, "key", "{}")).IsRefused(403, "second_person_needed");
        var approved = await world.SecondOperator.PostAsync(approve, "key", "{}");
        Assert.Equal((200, "approved", "second-operator"), (approved.Status, Text(approved.Json, "state"), Text(approved.Json, "approved_by")));
        Assert.Equal(200, (await world.Operations.PostAsync(approve, "key", "{}")).Status);
        Assert.Equal("in_force", Text((await GetAsync("/voucher-templates/surplus"))["templates"]![0]!, "state"));

        var next = await PutAsync(world.Operations, "surplus", Surplus("total"));
        Assert.Equal((int)draft.Json["version"]! + 1, (int)next.Json["version"]!);
        Assert.Equal(["draft", "in_force"], (await GetAsync("/voucher-templates/surplus"))["templates"]!.AsArray().Select(one => Text(one!, "state")).Take(2));
        Assert.Contains((await GetAsync("/voucher-templates"))["amounts"]!.AsArray(), one => Text(one!, "name") == "channel_receivable_signed");
        (await world.SecondOperator.PostAsync($"{Templates}/surplus/99/approve", "key", "{}")).IsRefused(404, "template_not_found");
    }

    [Fact]
    public async Task a_template_that_does_not_hold_together_is_refused_with_every_place_A8()
    {
        var answer = await PutAsync(world.Operations, "refund", """{"lines":[{"side":"left","subject":"2241","amount":"total + merchnt"},{"side":"credit","subject":"2241.01.01","amount":"1"}]}""");
        answer.IsRefused(422, "template_unfit");
        Assert.Equal(
            ["lines[0].side", "lines[0].subject", "lines[0].amount"], answer.Json["errors"]!.AsArray().Select(error => Text(error!, "field")));
        Assert.Equal((1, 9), ((int)answer.Json["errors"]![2]!["line"]!, (int)answer.Json["errors"]![2]!["column"]!));
        Assert.Contains("did you mean `merchant`?", Text(answer.Json["errors"]![2]!, "message"), StringComparison.Ordinal);

        foreach (var body in new[] { "{}", """{"lines":{}}""", """{"lines":[1]}""", """{"lines":[{"side":"debit"}]}""", """{"lines":[{"side":"debit","subject":"1","amount":"1","more":1}]}""" })
        {
            (await PutAsync(world.Operations, "refund", body)).IsRefused(400, "invalid_request");
        }

        (await PutAsync(world.Operations, "nothing", Good)).IsRefused(400, "invalid_request");
        (await PutAsync(world.Operations, "refund", """{"lines":[]}""")).IsRefused(422, "template_unfit");
    }

    [Fact]
    public async Task what_failed_is_listed_and_redone_when_its_template_was_mended_A8()
    {
        var posting = Text(await PaidAsync(), "posting");
        await world.Database.ExecuteAsync(
            "insert into voucher_failure (posting_id, posting_date, kind, reason) select posting_id, posting_date, kind, 'by hand' from voucher where posting_id = $1", ApiWorld.PostingOf(posting));
        var failure = Assert.Single((await GetAsync("/voucher-failures"))["failures"]!.AsArray(), one => Text(one!, "posting") == posting)!;
        Assert.Equal(("payment", "by hand", 1), (Text(failure, "kind"), Text(failure, "reason"), (int)failure["attempts"]!));
        foreach (var after in new[] { posting, $"{ApiWorld.PostingOf(posting)}" })
        {
            Assert.DoesNotContain((await GetAsync($"/voucher-failures?after={after}"))["failures"]!.AsArray(), one => Text(one!, "posting") == posting);
        }

        // It has its voucher already: nothing is made twice, and it is off the list.
        Assert.Equal("""{"made":0,"failed":0}""", (await RedoAsync($$"""{"posting":"{{posting}}"}""")).Json.ToJsonString());
        Assert.DoesNotContain((await GetAsync("/voucher-failures"))["failures"]!.AsArray(), one => Text(one!, "posting") == posting);
        Assert.Equal("""{"made":0,"failed":0}""", (await RedoAsync("""{"kind":"payment"}""")).Json.ToJsonString());
        foreach (var body in new[] { "{}", """{"kind":"payment","posting":"1"}""", """{"kind":"x"}""", """{"posting":"x"}""", """{"posting":1}""" })
        {
            (await RedoAsync(body)).IsRefused(400, "invalid_request");
        }
    }

    [Fact]
    public async Task strangers_and_nonsense_are_refused_A8()
    {
        foreach (var path in new[] { "/subjects", "/trial-balance?day=2026-11-20", "/reserve?day=2026-11-20", "/vouchers?day=2026-11-20", "/voucher-failures", "/voucher-templates" })
        {
            (await world.Merchant.GetAsync(Ledger + path)).IsRefused(401, "unauthorized");
            (await world.Operations.PostAsync(Ledger + path, "key", "{}")).IsRefused(405, "method_not_allowed");
        }

        foreach (var path in new[]
        {
            "/trial-balance", "/trial-balance?day=today", "/reserve?day=2026-02-30", "/vouchers", "/vouchers?day=2026-11-20&after=x", "/vouchers?day=2026-11-20&subject=77", "/voucher-failures?after=-1",
        })
        {
            (await world.Operations.GetAsync(Ledger + path)).IsRefused(400, "invalid_request");
        }

        (await world.Operations.GetAsync(Ledger + "/vouchers/4711")).IsRefused(404, "not_found");
        (await world.Operations.GetAsync(Ledger + "/vouchers/x")).IsRefused(404, "not_found");
        (await world.Operations.GetAsync(Templates + "/nothing")).IsRefused(404, "not_found");
    }

    private static string Surplus(string amount) =>
        $$"""{"lines":[{"side":"debit","subject":"1122.01.01","amount":"channel_receivable"},{"side":"credit","subject":"2241.09.01","amount":"{{amount}}"}]}""";

    /// <summary>Pays, and returns the voucher that the pump made of it.</summary>
    private async Task<JsonNode> PaidAsync()
    {
        var trade = await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good));
        var posting = await world.Database.ScalarAsync<long>(
            "select p.id from posting p join payment_order o on o.id = p.order_id where o.trade_id = $1", ApiWorld.IdOf(trade.TradeNo));
        MerchantAnswer? voucher = null;
        await Eventually.BecomesTrueAsync(
            async () => (voucher = await world.Operations.GetAsync($"{Ledger}/vouchers/{posting}")).Status == 200, "the voucher is made");
        return voucher!.Json;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        var answer = await world.Operations.GetAsync(Ledger + path);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Json;
    }

    private Task<MerchantAnswer> RedoAsync(string body) => world.Operations.PostAsync(Ledger + "/voucher-failures/redo", "key", body);

    private static Task<MerchantAnswer> PutAsync(MerchantClient client, string kind, string body) =>
        client.SendAsync(HttpMethod.Put, $"{Templates}/{kind}", MerchantClient.Json(Encoding.UTF8.GetBytes(body)));

    private static JsonNode Currency(JsonNode report, string code) =>
        Assert.Single(report["currencies"]!.AsArray(), one => Text(one!, "currency") == code)!;

    private static string Text(JsonNode json, string field) => (string)json[field]!;
}
