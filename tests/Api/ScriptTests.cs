using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations say by scripts what is done where it is safe, and which channel is better than another.</summary>
[Trait("Rule", "C17")]
public sealed class ScriptTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Scripts = "/ops/v1/scripts";

    [Fact]
    [Trait("Rule", "C14")]
    public async Task a_script_is_written_with_its_version_and_whose_it_is_and_decides_nothing_before_two_agree_C14()
    {
        var before = await world.Operations.GetAsync($"{Scripts}/reroute");
        Assert.Equal(("reroute", "reroute", 0, "bool"), (Of(before, "name"), Of(before, "purpose"), (int)before.Json["version"]!, Of(before, "returns")));
        Assert.Contains("ret minutes_left >= 1", Of(before, "default"), StringComparison.Ordinal);
        Assert.Contains(before.Json["facts"]!.AsArray(), fact => (string)fact!["name"]! == "amount" && (string)fact["type"]! == "decimal");

        var key = ApiWorld.New("key");
        var first = await WriteAsync("reroute", "# small ones\nret amount < 100", key);
        Assert.Equal((201, 1, "demo-operator"), (first.Status, (int)first.Json["version"]!, Of(first, "made_by")));
        Assert.True(first.IsSameAs(await WriteAsync("reroute", "# small ones\nret amount < 100", key)));
        (await WriteAsync("reroute", "ret false", key)).IsRefused(422, "idempotency_key_reused");
        Assert.Equal(2, (int)(await WriteAsync("reroute", "ret amount < 200")).Json["version"]!);

        var after = await world.Operations.GetAsync($"{Scripts}/reroute");
        Assert.Equal((0, "ret amount < 200"), ((int)after.Json["version"]!, (string)after.Json["versions"]![0]!["script"]!));
        var asked = await world.Operations.PostAsync("/ops/v1/routing/activations", ApiWorld.New("key"), """{"kind":"script","name":"reroute","version":2}""");
        await world.SecondOperator.PostAsync($"/ops/v1/routing/activations/{asked.Json["activation"]}/approval", null, null);
        Assert.Equal(2, (int)(await world.Operations.GetAsync($"{Scripts}/reroute")).Json["version"]!);
        Assert.Equal(201, (await world.Operations.PostAsync("/ops/v1/routing/rollbacks", ApiWorld.New("key"), """{"kind":"script","name":"reroute"}""")).Status);
        var listed = (await world.Operations.GetAsync(Scripts)).Json["scripts"]!.AsArray().Single(script => (string)script!["name"]! == "reroute")!;
        Assert.Equal((0, 2), ((int)listed["version"]!, (int)listed["latest"]!));
    }

    [Fact]
    public async Task a_script_with_errors_is_refused_with_their_places_and_nothing_is_stored_C17()
    {
        var refused = await WriteAsync("resend", "if sends > 1\n  ret tiem\nend");

        refused.IsRefused(422, "routing_unfit");
        Assert.Contains(refused.Json["errors"]!.AsArray(), error => ((string)error!["field"]!, (int)error["line"]!, (int)error["column"]!) == ("scripts[resend]", 2, 7));
        (await WriteAsync("resend", "ret true\u0000")).IsRefused(400, "invalid_request");
        (await WriteAsync("resend", "ret date.now.year > 1")).IsRefused(422, "routing_unfit");
        (await WriteAsync("Upper", "ret 1")).IsRefused(400, "invalid_request");
        (await WriteAsync("setup", "ret 1")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync($"{Scripts}/never_written")).IsRefused(404, "not_found");
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from routing_version where name in ('resend', 'Upper', 'setup')"));
    }

    [Fact]
    public async Task a_check_tells_errors_and_traps_with_their_places_and_what_was_meant_C17()
    {
        var checkedScript = await PostAsync("check", new JsonObject { ["script"] = "if 0\n  ret 1\nend\nret amont * 2" });

        Assert.Equal((200, false), (checkedScript.Status, (bool)checkedScript.Json["fit"]!));
        var findings = checkedScript.Json["findings"]!.AsArray();
        Assert.Contains(findings, finding => (string)finding!["severity"]! == "warning" && (int)finding["line"]! == 1);
        Assert.Contains(findings, finding => ((int)finding!["line"]!, (int)finding["column"]!) == (4, 5)
            && ((string)finding["message"]!).Contains("did you mean `amount`", StringComparison.Ordinal));
        Assert.True((bool)(await PostAsync("check", new JsonObject { ["script"] = "ret sends > 1", ["purpose"] = "resend" })).Json["fit"]!);
        Assert.False((bool)(await PostAsync("check", new JsonObject { ["script"] = "ret sends > 1" })).Json["fit"]!);
        (await PostAsync("check", new JsonObject { ["script"] = "ret 1", ["purpose"] = "guess" })).IsRefused(400, "invalid_request");
    }

    [Fact]
    public async Task a_script_is_tried_with_facts_and_shows_the_branches_that_it_took_C17()
    {
        var tried = await PostAsync("try", new JsonObject
        {
            ["facts"] = new JsonObject { ["time"] = 2355, ["target_inst"] = "CMB", ["amount"] = 12.5 },
            ["script"] = "if time >= 2350 && target_inst == \"CMB\"\n  ret amount * 2\nend\nret 130",
        });

        Assert.Equal((200, "25.0", 2), (tried.Status, Of(tried, "result"), (int)tried.Json["returned_at_line"]!));
        var step = tried.Json["steps"]![0]!;
        Assert.Equal(("true", "2355", "CMB"), ((string)step["outcome"]!, (string)step["operands"]!["time"]!, (string)step["operands"]!["target_inst"]!));
        var failed = await PostAsync("try", new JsonObject { ["script"] = "ret 1 / amount" });
        Assert.Null(failed.Json["result"]);
        Assert.NotEmpty(failed.Json["errors"]!.AsArray());
        (await PostAsync("try", new JsonObject { ["script"] = "ret 1", ["facts"] = new JsonObject { ["colour"] = "red" } })).IsRefused(400, "invalid_request");
        (await PostAsync("try", new JsonObject { ["script"] = "ret 1", ["facts"] = new JsonObject { ["time"] = "late" } })).IsRefused(400, "invalid_request");
    }

    [Fact]
    public async Task only_keys_of_operations_change_it_C17()
    {
        foreach (var stranger in new[] { world.Merchant, world.WithoutKey })
        {
            (await stranger.PostAsync($"{Scripts}/resend/versions", ApiWorld.New("key"), """{"script":"ret false"}""")).IsRefused(401, "unauthorized");
            (await stranger.GetAsync($"{Scripts}/resend")).IsRefused(401, "unauthorized");
        }

        (await world.Operations.SendAsync(HttpMethod.Put, $"{Scripts}/resend", MerchantClient.Json("{}"u8.ToArray()))).IsRefused(405, "method_not_allowed");
    }

    private Task<MerchantAnswer> WriteAsync(string name, string script, string? key = null) => world.Operations.PostAsync(
        $"{Scripts}/{name}/versions", key ?? ApiWorld.New("key"), new JsonObject { ["script"] = script }.ToJsonString());

    private Task<MerchantAnswer> PostAsync(string what, JsonObject body) => world.Operations.PostAsync($"{Scripts}/{what}", null, body.ToJsonString());

    private static string? Of(MerchantAnswer answer, string field) => (string?)answer.Json[field];
}
