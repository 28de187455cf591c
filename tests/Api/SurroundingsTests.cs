using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>What is served beside the orders: the document, and the answers for supervisors.</summary>
public sealed class SurroundingsTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_OpenAPI_document_is_served_and_every_reference_in_it_leads_somewhere()
    {
        var answer = await world.WithoutKey.GetAsync("/openapi/v1.json");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer.ContentType, StringComparison.Ordinal);
        var document = answer.Json;
        Assert.StartsWith("3.", (string)document["openapi"]!, StringComparison.Ordinal);
        Assert.Equal(
            ["/v1/trades", "/v1/trades/{trade_no}", "/v1/trades/{trade_no}/close", "/v1/trades/{trade_no}/payments", "/v1/trades/{trade_no}/refunds"],
            document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
        var references = ReferencesIn(document).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Follow(document, reference)));
    }

    [Theory]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi/")]
    [InlineData("/openapi/%2e%2e/appsettings.json")]
    public async Task No_other_document_is_served(string path) => Assert.Equal(404, (await world.WithoutKey.GetAsync(path)).Status);

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task A_supervisor_is_told_without_a_key_how_the_engine_is(string path, string status)
    {
        var answer = await world.WithoutKey.GetAsync(path);

        Assert.Equal((200, status), (answer.Status, (string)answer.Json["status"]!));
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field is { Key: "$ref", Value: JsonValue reference }
            ? [reference.GetValue<string>()]
            : ReferencesIn(field.Value)),
        JsonArray items => items.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonNode? Follow(JsonNode document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (node, field) => node?[field.Replace("~1", "/").Replace("~0", "~")]);
}
