using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations say what institutions' codes mean.</summary>
[Trait("Rule", "C11")]
public sealed class ResultCodeTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Codes = "/ops/v1/result-codes";

    [Fact]
    public async Task a_meaning_is_stored_with_its_version_and_whose_it_is_C11()
    {
        var first = await MapAsync(Meaning("A1", "unknown", "unclear"));
        var same = await MapAsync(Meaning("A1", "unknown", "unclear"));
        var second = await MapAsync(Meaning("A1", "failed", "refused"));

        Assert.Equal((200, 1), (first.Status, (int)first.Json["version"]!));
        Assert.Equal(1, (int)same.Json["version"]!);
        Assert.Equal((2, "failed", "refused", "demo-operator"), (
            (int)second.Json["version"]!, (string)second.Json["outcome"]!, (string)second.Json["unified_code"]!, (string)second.Json["changed_by"]!));
        var listed = (await world.Operations.GetAsync(Codes)).Json["codes"]!.AsArray().Single(code => (string)code!["code"]! == "A1");
        Assert.Equal(second.Json.ToJsonString(), listed!.ToJsonString());
    }

    [Fact]
    public async Task what_nobody_has_mapped_is_listed_until_somebody_does_C11()
    {
        await world.Database.ExecuteAsync(
            "insert into unmapped_code values (101, 'Pay', 'A2', 'x', now(), now(), 3, '{}'), (101, 'Pay', 'A2', 'y', now(), now(), 1, '{}')");

        await MapAsync(Meaning("A2", "failed", "refused", subCode: "x"));
        Assert.Equal(["y"], await UnmappedAsync("A2"));

        await MapAsync(Meaning("A2", "failed", "refused"));
        Assert.Empty(await UnmappedAsync("A2"));
    }

    [Fact]
    public async Task a_payer_reads_why_his_payment_failed_in_his_language_C11()
    {
        var trade = (await world.Merchant.OpenAsync(Requests.Trade(ApiWorld.New("order"), Payers.Decline))).TradeNo;
        await Eventually.BecomesTrueAsync(
            async () => (string?)(await world.Merchant.ReadAsync(trade)).Json["payments"]![0]!["state"] == "failed", "the payment has failed");

        Assert.Equal("There is not enough money in the account.", await MessageAsync(trade, "en-GB"));
        Assert.Equal("账户余额不足。", await MessageAsync(trade, "zh-CN,en;q=0.5"));
        Assert.Equal("账户余额不足。", await MessageAsync(trade, "zh-CN,en;q=0.5", "?expand=all"));
    }

    [Fact]
    public async Task what_is_wrong_is_named_and_nothing_is_stored_C11()
    {
        (await MapAsync("""{"channel":"no-such","interface":"pay","code":"A3","outcome":"failed","unified_code":"x"}""")).IsRefused(400, "invalid_request");
        (await MapAsync("""{"channel":"sim-card","interface":"pay","code":"A3"}""")).IsRefused(400, "invalid_request");
        (await MapAsync("nonsense")).IsRefused(400, "malformed_json");
        (await world.Operations.GetAsync(Codes + "?unmapped=maybe")).IsRefused(400, "invalid_request");
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from result_code where code = 'A3'"));
    }

    [Fact]
    public async Task only_keys_of_operations_open_it_C11()
    {
        foreach (var stranger in new[] { world.Merchant, world.WithoutKey, world.Client("wrong") })
        {
            (await stranger.GetAsync(Codes)).IsRefused(401, "unauthorized");
            (await PutAsync(stranger, Meaning("A4", "failed", "x"))).IsRefused(401, "unauthorized");
        }

        (await world.Operations.GetAsync(Requests.Trades + "?merchant_order_no=1")).IsRefused(401, "unauthorized");
        (await world.Operations.GetAsync("/ops/v1/elsewhere")).IsRefused(404, "not_found");
        (await world.Operations.PostAsync(Codes, "key", "{}")).IsRefused(405, "method_not_allowed");
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from result_code where code = 'A4'"));
    }

    private static string Meaning(string code, string outcome, string unified, string subCode = "") => new JsonObject
    {
        ["channel"] = "sim-card",
        ["interface"] = "pay",
        ["code"] = code,
        ["sub_code"] = subCode,
        ["outcome"] = outcome,
        ["unified_code"] = unified,
    }.ToJsonString();

    private Task<MerchantAnswer> MapAsync(string body) => PutAsync(world.Operations, body);

    private static Task<MerchantAnswer> PutAsync(MerchantClient client, string body) =>
        client.SendAsync(HttpMethod.Put, Codes, MerchantClient.Json(Encoding.UTF8.GetBytes(body)));

    private async Task<IEnumerable<string>> UnmappedAsync(string code) =>
        (await world.Operations.GetAsync(Codes + "?unmapped=true")).Json["unmapped"]!.AsArray()
            .Where(record => (string)record!["code"]! == code)
            .Select(record => (string)record!["sub_code"]!);

    private async Task<string?> MessageAsync(string trade, string language, string query = "") =>
        (string?)(await world.Merchant.GetAsync($"{Requests.Trades}/{trade}{query}", ("Accept-Language", language)))
            .Json["payments"]![0]!["failure_message"];
}
