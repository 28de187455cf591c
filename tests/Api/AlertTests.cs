using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>People and programs are told of what a running engine found out, and say that they take care of it.</summary>
[Trait("Rule", "P3")]
public sealed class AlertTests(ApiWorld world) : AlertedTests(world)
{
    [Fact]
    [Trait("Rule", "C11")]
    public async Task a_code_that_nobody_has_mapped_is_told_by_webhook_and_by_mail_C11_P3()
    {
        var engine = await StartAsync();
        await World.Database.ExecuteAsync("delete from result_code where channel_id = 101 and interface = 'Pay' and code = 'insufficient_funds'");

        // Whoever maps a code has his node look at all of them.
        await MapAsync(World.Client(ApiWorld.OpsKey, engine), "another");
        var merchant = World.Client("key-M1001", engine);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => merchant.OpenAsync(Requests.Trade(ApiWorld.New("unmapped"), Payers.Decline))));

        await Eventually.BecomesTrueAsync(() => ToldOf("unmapped_code").Any() && Mail.Received.Count > 0, "the webhook and the mail have arrived");

        var received = Webhook.Received[0];
        Assert.True(received.IsSignedWith(Secret));
        Assert.Equal("alerts.raised", received.Type);
        var alert = ToldOf("unmapped_code").First();
        Assert.Equal(("sim-card pay insufficient_funds", "warning"), ((string)alert["subject"]!, (string)alert["severity"]!));
        var mail = Mail.Received[0];
        Assert.Equal(["ops@example.com", "night@example.com"], mail.Recipients);
        Assert.Equal("[payment-engine] warning: unmapped_code sim-card pay insufficient_funds", mail.Subject);
        Assert.Contains("answered pay with code insufficient_funds, which nobody has mapped", mail.Text, StringComparison.Ordinal);

        // Twenty orders are one alert, and it was told once.
        JsonNode listed = null!;
        await Eventually.BecomesTrueAsync(
            async () => (listed = (await FindAsync("sim-card pay insufficient_funds"))!)["told"]!.AsArray().Count == 2, "it is listed who was told");
        Assert.Equal(((long)alert["id"]!, "open"), ((long)listed["id"]!, (string)listed["state"]!));
        Assert.Equal(["mail", "on-call"], listed["told"]!.AsArray().Select(told => (string)told!["target"]!));
        Assert.Single(ToldOf("unmapped_code"));
        Assert.Single(Mail.Received);

        await MapAsync(World.Operations, "insufficient_funds");
        var mapped = (await FindAsync("sim-card pay insufficient_funds", "?state=all"))!;
        Assert.Equal(("acknowledged", "demo-operator"), ((string)mapped["state"]!, (string)mapped["acknowledged_by"]!));
    }

    [Fact]
    public async Task somebody_takes_care_of_an_alert_and_it_is_open_no_longer_P3()
    {
        await RaiseAsync("care");
        await Eventually.BecomesTrueAsync(async () => await FindAsync("care") is not null, "it is listed");
        var id = (long)(await FindAsync("care"))!["id"]!;

        var first = await World.Operations.PostAsync($"{Alerts}/{id}/acknowledge", "key", "");
        Assert.Equal((200, "acknowledged", "demo-operator"), (first.Status, (string)first.Json["state"]!, (string)first.Json["acknowledged_by"]!));
        Assert.Null(await FindAsync("care"));
        Assert.Equal("acknowledged", (string)(await FindAsync("care", "?state=all"))!["state"]!);
    }

    [Fact]
    public async Task strangers_and_nonsense_are_refused_P3()
    {
        (await World.Merchant.GetAsync(Alerts)).IsRefused(401, "unauthorized");
        (await World.Merchant.PostAsync($"{Alerts}/1/acknowledge", "key", "")).IsRefused(401, "unauthorized");
        (await World.Operations.GetAsync(Alerts + "?state=nonsense")).IsRefused(400, "invalid_request");
        (await World.Operations.GetAsync(Alerts + "/1/acknowledge")).IsRefused(405, "method_not_allowed");
        foreach (var id in new[] { "999999", "x", "99999999999999999999" })
        {
            (await World.Operations.PostAsync($"{Alerts}/{id}/acknowledge", "key", "")).IsRefused(404, "not_found");
        }
    }

    private static Task<MerchantAnswer> MapAsync(MerchantClient operations, string code) => operations.SendAsync(
        HttpMethod.Put, "/ops/v1/result-codes", MerchantClient.Json(Encoding.UTF8.GetBytes(
            $$"""{"channel":"sim-card","interface":"pay","code":"{{code}}","outcome":"failed","unified_code":"insufficient_funds"}""")));

    private IEnumerable<JsonNode> ToldOf(string kind) => Webhook.Received
        .SelectMany(received => received.Json["data"]!["alerts"]!.AsArray())
        .Where(alert => (string)alert!["kind"]! == kind)!;
}
