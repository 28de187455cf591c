using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Somebody has put a secret into the database that no node can open.</summary>
public sealed class UnreadableSecretTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    [Trait("Rule", "P3")]
    public async Task it_is_an_alert_and_the_engine_goes_on_with_what_it_knew_P3()
    {
        await world.Database.ExecuteAsync("update channel_connection set secret = secret || 'x'");

        JsonNode? alert = null;
        await Eventually.BecomesTrueAsync(
            async () => (alert = (await world.Operations.GetAsync("/ops/v1/alerts")).Json["alerts"]!.AsArray().SingleOrDefault()) is not null, "it is listed");

        Assert.Equal(("directory_unreadable", "critical"), ((string)alert!["kind"]!, (string)alert["severity"]!));
        await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("goes-on"), Payers.Good));
    }
}
