using System.Text.Json.Nodes;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Tests.Api;

/// <summary>Somebody has put rows into the directory that no node can read. Whatever else changes is heard of all the same.</summary>
public sealed class UnreadableRowTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    /// <summary>The checks that would have refused it came after such rows, or were taken away.</summary>
    private const string ImpossibleChannel =
        """
        alter table channel drop constraint channel_numbers_check;
        insert into channel (id, code, name, adapter, connection_id, methods, priority, number_prefix, number_date, number_alphabet, number_length,
                             number_fixed, idempotent, send_window, resend_safety_delay, maximum_sends)
        select 109, 'sim-short', 'Short', adapter, connection_id, methods, 500, '9', number_date, number_alphabet, 12,
               number_fixed, idempotent, send_window, resend_safety_delay, maximum_sends
        from channel where code = 'sim-card';
        """;

    [Fact]
    [Trait("Rule", "P3")]
    public async Task each_is_an_alert_and_the_engine_goes_on_with_what_it_knew_P3()
    {
        await world.Database.ExecuteAsync(ImpossibleChannel);
        await world.Database.ExecuteAsync("update channel_connection set secret = secret || 'x'");
        await world.Database.ExecuteAsync("update merchant set webhook_secret_sealed = '\\x00' where number = 'M2001'");
        await world.Database.ExecuteAsync("update channel set adapter = 'nope' where code = 'sim-wallet'");

        await Eventually.BecomesTrueAsync(async () => (await AlertsAsync()).Count >= 4, "they are listed");

        var alerts = await AlertsAsync();
        Assert.All(alerts, alert => Assert.Equal(("directory_unreadable", "critical"), ((string)alert!["kind"]!, (string)alert["severity"]!)));
        Assert.Equal(
            ["channel sim-short", "channel sim-wallet", "connection/simulator", "merchant/M2001"],
            alerts.Select(alert => (string)alert!["subject"]!).Order(StringComparer.Ordinal));
        Assert.Contains("number_length", TextOf(alerts, "channel sim-short"), StringComparison.Ordinal);
        Assert.Contains("adapter: 'nope'", TextOf(alerts, "channel sim-wallet"), StringComparison.Ordinal);

        await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("goes-on"), Payers.Good));
        await RevocationIsHeardOfAsync();
        var refused = await Assert.ThrowsAsync<UnfitDatabaseException>(() => world.StartAsync());
        Assert.Contains("channel sim-short: number_prefix, number_length:", refused.Message, StringComparison.Ordinal);
        Assert.Contains("connection/simulator: secret:", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("M2001", refused.Message, StringComparison.Ordinal);
    }

    private async Task RevocationIsHeardOfAsync()
    {
        await world.Database.ExecuteAsync("update merchant_api_key set revoked_at = now() where merchant_id = (select id from merchant where number = 'M3001')");
        await Eventually.BecomesTrueAsync(
            async () => (await world.Foreign.PostAsync(Requests.Trades, ApiWorld.New("key"), Requests.Trade(ApiWorld.New("revoked"), Payers.Good))).Status == 401, "the key is revoked");
    }

    private async Task<JsonArray> AlertsAsync() => (await world.Operations.GetAsync("/ops/v1/alerts")).Json["alerts"]!.AsArray();

    private static string TextOf(JsonArray alerts, string subject) =>
        (string)alerts.Single(alert => (string)alert!["subject"]! == subject)!["text"]!;
}
