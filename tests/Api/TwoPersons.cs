using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>What one operator asks for and another agrees to.</summary>
internal static class TwoPersons
{
    public const string Changes = "/ops/v1/ledger/changes";

    public static Task<MerchantAnswer> AskAsync(this ApiWorld world, string change, string? key = null) =>
        world.Operations.PostAsync(Changes, key ?? ApiWorld.New("key"), change);

    public static Task<MerchantAnswer> ApproveAsync(this MerchantClient client, MerchantAnswer asked, string? hash = null) =>
        client.PostAsync(PathOf(asked) + "/approve", null, $$"""{"content_hash":"{{hash ?? (string)asked.Json["content_hash"]!}}"}""");

    public static async Task<JsonNode> ByTwoAsync(this ApiWorld world, string change)
    {
        var asked = await world.AskAsync(change);
        Assert.True(asked.Status == 201, asked.ToString());
        var done = await world.SecondOperator.ApproveAsync(asked);
        Assert.True(done.Status == 200 && (string)done.Json["state"]! == "applied", done.ToString());
        return done.Json;
    }

    public static string PathOf(MerchantAnswer asked) => $"{Changes}/{(string)asked.Json["change"]!}";
}
