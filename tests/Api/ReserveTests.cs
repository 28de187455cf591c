using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations say what lies in our accounts at the institutions.</summary>
[Trait("Rule", "C8")]
public sealed class ReserveTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Reserves = "/ops/v1/reserves";

    [Fact]
    public async Task what_is_said_of_an_account_is_listed_and_a_shortage_is_an_alert_C8()
    {
        var set = await PutAsync(world.Operations, "sim-card", "400.00", "1000");
        Assert.Equal(
            (200, "400.00", "1000.00", "600.00", "demo-operator"),
            (set.Status, Of(set.Json, "balance"), Of(set.Json, "threshold"), Of(set.Json, "missing"), Of(set.Json, "set_by")));
        Assert.Equal((200, "0.00"), ((await PutAsync(world.SecondOperator, "sim-card", "0", "0")).Status, Of(await OneAsync(), "balance")));
        Assert.Equal("second-operator", Of(await OneAsync(), "set_by"));

        JsonNode? alert = null;
        await Eventually.BecomesTrueAsync(
            async () => (alert = (await world.Operations.GetAsync("/ops/v1/alerts")).Json["alerts"]!.AsArray()
                .FirstOrDefault(one => Of(one!, "kind") == "reserve_low")) is not null,
            "the alert is listed");
        Assert.Equal(("sim-card CNY", "warning"), (Of(alert!, "subject"), Of(alert!, "severity")));
        Assert.Contains("600.00 are missing", Of(alert!, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task strangers_and_nonsense_are_refused_C8()
    {
        (await world.Merchant.GetAsync(Reserves)).IsRefused(401, "unauthorized");
        (await PutAsync(world.Merchant, "sim-card", "1", "1")).IsRefused(401, "unauthorized");
        (await world.Operations.PostAsync(Reserves, "key", "{}")).IsRefused(405, "method_not_allowed");
        foreach (var (channel, balance, threshold, currency) in new[]
        {
            ("nobody", "1.00", "1.00", "CNY"), ("sim-card", "-1.00", "1.00", "CNY"), ("sim-card", "1.001", "1.00", "CNY"), ("sim-card", "1.00", "x", "CNY"),
            ("sim-card", "1.00", "1.00", "YUAN"),
        })
        {
            (await PutAsync(world.Operations, channel, balance, threshold, currency)).IsRefused(400, "invalid_request");
        }

        (await world.Operations.SendAsync(HttpMethod.Put, Reserves, MerchantClient.Json("{}"u8.ToArray()))).IsRefused(400, "invalid_request");
        Assert.DoesNotContain((await world.Operations.GetAsync(Reserves)).Json["reserves"]!.AsArray(), one => Of(one!, "currency") != "CNY");
    }

    private static string Of(JsonNode json, string field) => (string)json[field]!;

    private async Task<JsonNode> OneAsync() => Assert.Single((await world.Operations.GetAsync(Reserves)).Json["reserves"]!.AsArray())!;

    private static Task<MerchantAnswer> PutAsync(MerchantClient client, string channel, string balance, string threshold, string currency = "CNY") =>
        client.SendAsync(HttpMethod.Put, Reserves, MerchantClient.Json(Encoding.UTF8.GetBytes(
            new JsonObject { ["channel"] = channel, ["currency"] = currency, ["balance"] = balance, ["threshold"] = threshold }.ToJsonString())));
}
