using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations say by scripts what is done where it is safe.</summary>
[Trait("Rule", "C14")]
public sealed class ScriptTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Reroute = "/ops/v1/scripts/reroute";
    private const string Resend = "/ops/v1/scripts/resend";

    [Fact]
    public async Task a_script_is_stored_with_its_version_and_whose_it_is_and_the_default_can_decide_again_C14()
    {
        var before = await world.Operations.GetAsync(Reroute);
        Assert.Equal(("reroute", "default"), (Of(before, "hook"), Of(before, "decides")));
        Assert.Contains("ret minutes_left >= 1", Of(before, "default"), StringComparison.Ordinal);
        Assert.Contains(before.Json["facts"]!.AsArray(), fact => (string)fact!["name"]! == "amount" && (string)fact["type"]! == "decimal");

        var first = await PutAsync(world.Operations, Reroute, "# small ones\nret amount < 100");
        Assert.Equal(
            (200, "stored", "# small ones\nret amount < 100", "demo-operator"),
            (first.Status, Of(first, "decides"), Of(first, "script"), Of(first, "changed_by")));
        Assert.Equal((int)first.Json["version"]!, (int)(await PutAsync(world.SecondOperator, Reroute, Of(first, "script")!)).Json["version"]!);

        var back = await world.SecondOperator.SendAsync(HttpMethod.Delete, Reroute, content: null);
        Assert.Equal(("default", "second-operator"), (Of(back, "decides"), Of(back, "changed_by")));
        Assert.Equal([2, 1], back.Json["versions"]!.AsArray().Select(version => (int)version!["version"]!));
        var listed = (await world.Operations.GetAsync("/ops/v1/scripts")).Json["scripts"]!.AsArray();
        Assert.Equal(["reroute", "resend"], listed.Select(script => (string)script!["hook"]!));
    }

    [Fact]
    public async Task a_script_with_errors_is_refused_with_their_places_and_nothing_is_stored_C14()
    {
        var refused = await PutAsync(world.Operations, Resend, "if sends > 1\n  ret tiem\nend");

        refused.IsRefused(400, "invalid_request");
        var errors = refused.Json["errors"]!.AsArray();
        Assert.All(errors, error => Assert.Equal(("script", "script_error"), ((string)error!["field"]!, (string)error["code"]!)));
        Assert.Contains(errors, error => ((string)error!["message"]!).StartsWith("line 2, column 7: ", StringComparison.Ordinal));
        (await PutAsync(world.Operations, Resend, "ret true\u0000")).IsRefused(400, "invalid_request");
        (await PutAsync(world.Operations, Resend, "ret date.now.year > 1")).IsRefused(400, "invalid_request");
        (await PutAsync(world.Operations, "/ops/v1/scripts/other", "ret true")).IsRefused(404, "not_found");
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from route_script where hook = 'resend'"));
    }

    [Fact]
    public async Task only_keys_of_operations_change_it_C14()
    {
        foreach (var stranger in new[] { world.Merchant, world.WithoutKey })
        {
            (await PutAsync(stranger, Resend, "ret false")).IsRefused(401, "unauthorized");
            (await stranger.GetAsync(Resend)).IsRefused(401, "unauthorized");
        }

        (await world.Operations.PostAsync(Resend, "key", "{}")).IsRefused(405, "method_not_allowed");
    }

    private static string? Of(MerchantAnswer answer, string field) => (string?)answer.Json[field];

    private static Task<MerchantAnswer> PutAsync(MerchantClient client, string path, string script) => client.SendAsync(
        HttpMethod.Put, path, MerchantClient.Json(Encoding.UTF8.GetBytes(new JsonObject { ["script"] = script }.ToJsonString())));
}
