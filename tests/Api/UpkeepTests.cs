namespace PaymentEngine.Tests.Api;

/// <summary>What is done again and again goes on, whatever one of its steps meets.</summary>
public sealed class UpkeepTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task a_step_that_fails_is_an_alert_and_is_tried_again()
    {
        await world.Database.ExecuteAsync("alter table result_message rename to mislaid");
        await Eventually.BecomesTrueAsync(
            async () => (await world.Operations.GetAsync("/ops/v1/alerts")).Json["alerts"]!.AsArray().SingleOrDefault() is { } alert
                && (string)alert["kind"]! == "upkeep_failed" && ((string)alert["subject"]!).EndsWith("to read the directory", StringComparison.Ordinal),
            "it is listed");

        await world.Database.ExecuteAsync("alter table mislaid rename to result_message");
        await world.Database.ExecuteAsync("update merchant_api_key set revoked_at = now() where merchant_id = (select id from merchant where number = 'M3001')");
        await Eventually.BecomesTrueAsync(async () => (await world.Foreign.GetAsync("/v1/trades/T1")).Status == 401, "the directory is read again");
    }
}
