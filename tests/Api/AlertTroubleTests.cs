using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Those who should be told cannot be reached.</summary>
[Trait("Rule", "P3")]
public sealed class AlertTroubleTests(ApiWorld world) : AlertedTests(world)
{
    [Fact]
    public async Task what_cannot_be_delivered_is_seen_and_is_delivered_when_it_can_be_P3()
    {
        Webhook.Answer = _ => 503;
        Mail.Answer = () => "451 not now";
        await StartAsync();
        await RaiseAsync("undeliverable");

        await Eventually.BecomesTrueAsync(
            async () => (await TargetAsync("on-call"))?["last_error"] is not null && (await TargetAsync("mail"))?["last_error"] is not null,
            "both have failed");
        Assert.Equal("status 503", (string?)(await TargetAsync("on-call"))!["last_error"]);
        Assert.Contains("not now", (string?)(await TargetAsync("mail"))!["last_error"], StringComparison.Ordinal);
        Assert.Empty(Mail.Received);

        (Webhook.Answer, Mail.Answer) = (_ => 204, () => "250 taken");
        await World.Database.ExecuteAsync("update alert_target set due_at = now()");
        await Eventually.BecomesTrueAsync(
            async () => (int?)(await TargetAsync("on-call"))!["failures"] == 0 && Mail.Received.Count > 0, "both have been told");
        Assert.Single(Webhook.Received.Select(received => received.Id).Distinct());
    }

    private async Task<JsonNode?> TargetAsync(string name) =>
        (await World.Operations.GetAsync(Alerts)).Json["targets"]!.AsArray().SingleOrDefault(target => (string)target!["name"]! == name);
}
