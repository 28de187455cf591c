using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations write setups, put versions into force by two persons, and take them back.</summary>
[Trait("Rule", "C17")]
public sealed class RoutingTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Routing = "/ops/v1/routing";
    private const string Setups = "/ops/v1/routing/setups";
    private const string Activations = "/ops/v1/routing/activations";
    private const string Rollbacks = "/ops/v1/routing/rollbacks";

    private const string Setup =
        """
        # Cards at night go where it is cheap.
        classes:
          - { mode: quick, channels: [sim-card] }
        channels:
          - code: sim-card
            priority: SCRIPT
            interfaces:
              - { code: pay, operation: pay }
        """;

    [Fact]
    [Trait("Rule", "C1")]
    public async Task a_setup_goes_from_a_draft_by_two_persons_into_force_and_back_by_one_C1()
    {
        var (text, name) = await WithScriptAsync();
        var drafted = await WriteAsync(world.Operations, text, "cheap%20nights");
        Assert.Equal((201, "cheap nights", "demo-operator"), (drafted.Status, Of(drafted, "comment"), Of(drafted, "made_by")));
        var version = (int)drafted.Json["version"]!;

        (await RequestAsync("setup", null, version)).IsRefused(422, "routing_unfit");
        await ActivateAsync("script", name, 1);
        var asked = await RequestAsync("setup", null, version, comment: "as talked about");
        Assert.Equal((201, "waiting", "as talked about"), (asked.Status, Of(asked, "state"), Of(asked, "comment")));
        Assert.Contains((await world.Operations.GetAsync(Routing)).Json["waiting"]!.AsArray(), it => (long)it!["activation"]! == (long)asked.Json["activation"]!);
        (await DecideAsync(world.Operations, asked, "approval")).IsRefused(403, "second_person_needed");
        var approved = await DecideAsync(world.SecondOperator, asked, "approval");
        Assert.Equal(("effective", "second-operator"), (Of(approved, "state"), Of(approved, "approved_by")));

        var now = (await world.Operations.GetAsync(Routing)).Json["setup"]!;
        Assert.Equal((version, version), ((int)now["version"]!, (int)now["decides"]!));
        (await DecideAsync(world.Operations, approved, "withdrawal")).IsRefused(409, "activation_in_force");
        var back = await world.Operations.PostAsync(Rollbacks, ApiWorld.New("key"), """{"kind":"setup","version":0,"comment":"no good"}""");
        Assert.Equal((201, "effective", true), (back.Status, Of(back, "state"), (bool)back.Json["rollback"]!));
        Assert.Equal(0, (int)(await world.Operations.GetAsync(Routing)).Json["setup"]!["decides"]!);
        var history = (await world.Operations.GetAsync(Activations)).Json["activations"]!.AsArray();
        Assert.Equal([(long)back.Json["activation"]!, (long)asked.Json["activation"]!], history.Take(2).Select(it => (long)it!["activation"]!));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task a_setup_is_read_as_it_was_written_and_in_the_other_form_C1()
    {
        var (text, _) = await WithScriptAsync();
        var version = (int)(await WriteAsync(world.Operations, text)).Json["version"]!;

        var yaml = await world.Operations.GetAsync($"{Setups}/{version}");
        Assert.Equal((200, "application/yaml", text), (yaml.Status, yaml.ContentType, yaml.Text));
        var json = await world.Operations.GetAsync($"{Setups}/{version}", ("Accept", "application/json"));
        Assert.Equal("sim-card", (string)json.Json["channels"]![0]!["code"]!);
        var again = await WriteAsync(world.Operations, json.Text, type: "application/json");
        Assert.Equal(version + 1, (int)again.Json["version"]!);
        Assert.Equal(json.Text, (await world.Operations.GetAsync($"{Setups}/{version + 1}", ("Accept", "application/json"))).Text);
        Assert.Equal(version + 1, (int)(await world.Operations.GetAsync(Setups)).Json["setups"]![0]!["version"]!);
        (await world.Operations.GetAsync($"{Setups}/99")).IsRefused(404, "version_not_found");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task everything_wrong_with_a_setup_is_told_with_lines_and_nothing_is_stored_C1()
    {
        const string text = "channels:\n  - code: nowhere\n    priority: never_heard_of\n    windows:\n      - { from: \"25:00\" }\n";
        var refused = await WriteAsync(world.Operations, text);
        refused.IsRefused(422, "routing_unfit");
        Assert.Equal(
            ["channels[nowhere].windows[0].from (5)", "channels[nowhere].code (2)", "channels[nowhere].priority[base] (3)"],
            refused.Json["errors"]!.AsArray().Select(error => $"{error!["field"]} ({error["line"]})"));

        var sense = await SendAsync(world.Operations, $"{Setups}/check", text.Replace("25:00\"", "22:00\", to: \"23:00\"", StringComparison.Ordinal));
        Assert.False((bool)sense.Json["fit"]!);
        Assert.Equal(
            ["channels[nowhere].code: there is no channel of this code (2)", "channels[nowhere].priority[base]: there is no script 'never_heard_of' in force (3)"],
            sense.Json["errors"]!.AsArray().Select(it => $"{it!["path"]}: {it["message"]} ({it["line"]})"));
        var nothing = await SendAsync(world.Operations, $"{Setups}/check", "{}", "application/json");
        Assert.True((bool)nothing.Json["fit"]!);
        Assert.Contains("no class is for quick: such a payment finds no channel", nothing.Json["warnings"]!.AsArray().Select(warning => (string?)warning!["message"]));
        (await SendAsync(world.Operations, $"{Setups}/check", "{}", "text/plain")).IsRefused(415, "unsupported_media_type");
        (await SendAsync(world.Operations, $"{Setups}/check", new string('#', 1_100_000))).IsRefused(413, "body_too_large");
        Assert.True((bool)(await SendAsync(world.Operations, $"{Setups}/check", "channels: []\n" + new string('#', 900_000))).Json["fit"]!);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from routing_version where text like '%never_heard_of%'"));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task a_word_is_one_word_under_its_key_and_what_is_wrong_with_it_is_named_O13()
    {
        var (_, name) = await WithScriptAsync();
        var (key, body) = (ApiWorld.New("key"), $$"""{"kind":"script","name":"{{name}}","version":1}""");
        var first = await world.Operations.PostAsync(Activations, key, body);
        Assert.True(first.IsSameAs(await world.Operations.PostAsync(Activations, key, body)));

        (await world.Operations.PostAsync(Activations, key, body.Replace("1}", "0}", StringComparison.Ordinal))).IsRefused(422, "idempotency_key_reused");
        (await world.Operations.PostAsync(Activations, null, body)).IsRefused(400, "idempotency_key_missing");
        foreach (var wrong in new[]
        {
            "{}", """{"kind":"setup"}""", """{"kind":"setup","version":1,"name":"x"}""", """{"kind":"other","version":1}""",
            """{"kind":"script","version":1}""", """{"kind":"script","name":"Check","version":1}""", """{"kind":"script","name":"check","version":1}""",
            """{"kind":"setup","version":1,"share":10}""", """{"kind":"script","name":"reroute","version":1,"share":10}""",
            """{"kind":"script","name":"x","version":1,"share":0}""", """{"kind":"setup","version":1,"from":"tomorrow"}""",
            """{"kind":"setup","version":1,"from":"2026-11-20T23:50:00"}""", """{"kind":"setup","version":-1}""", """{"kind":"setup","version":1,"who":"me"}""",
        })
        {
            (await world.Operations.PostAsync(Activations, ApiWorld.New("key"), wrong)).IsRefused(400, "invalid_request");
        }

        (await RequestAsync("setup", null, 4_711)).IsRefused(404, "version_not_found");
        (await world.SecondOperator.PostAsync($"{Activations}/999999/approval", null, null)).IsRefused(404, "activation_not_found");
        var withdrawn = await DecideAsync(world.SecondOperator, first, "withdrawal");
        Assert.Equal(("withdrawn", "second-operator"), (Of(withdrawn, "state"), Of(withdrawn, "withdrawn_by")));
        (await DecideAsync(world.SecondOperator, first, "approval")).IsRefused(409, "activation_withdrawn");
        (await world.Operations.PostAsync(Rollbacks, ApiWorld.New("key"), $$"""{"kind":"script","name":"{{name}}"}""")).IsRefused(409, "nothing_to_roll_back");
    }

    [Fact]
    public async Task a_version_begins_when_it_is_scheduled_and_a_trial_has_its_share_C17()
    {
        var (_, name) = await WithScriptAsync();
        await ActivateAsync("script", name, 1);
        await ActivateAsync("script", name, 2, share: 10);
        (await RequestAsync("script", name, 2, from: DateTimeOffset.UtcNow.AddYears(-1))).IsRefused(409, "from_is_past");
        Assert.Equal(201, (await RequestAsync("script", name, 2, from: DateTimeOffset.UtcNow.AddMinutes(-1))).Status);
        var from = DateTimeOffset.UtcNow.AddDays(2);
        var later = await DecideAsync(world.SecondOperator, await RequestAsync("script", name, 2, from: from), "approval");
        Assert.Equal("scheduled", Of(later, "state"));

        var shown = (await world.Operations.GetAsync(Routing)).Json;
        var script = shown["scripts"]!.AsArray().Single(it => (string)it!["name"]! == name)!;
        Assert.Equal((1, 2, 10), ((int)script["version"]!, (int)script["trial"]!["version"]!, (int)script["trial"]!["share"]!));
        Assert.Contains(shown["scheduled"]!.AsArray(), it => (long)it!["activation"]! == (long)later.Json["activation"]!);
        Assert.Equal("withdrawn", Of(await DecideAsync(world.Operations, later, "withdrawal"), "state"));
    }

    [Fact]
    [Trait("Rule", "P1")]
    public async Task a_key_goes_only_where_its_roles_lead_P1()
    {
        await world.Database.ExecuteAsync(
            """
            insert into ops_key (key_hash, actor, roles) values
                (sha256(convert_to('views', 'UTF8')), 'viewer', '{view}'), (sha256(convert_to('edits', 'UTF8')), 'editor', '{view,edit}'),
                (sha256(convert_to('agrees', 'UTF8')), 'approver', '{approve}')
            """);
        var (viewer, editor, approver) = (world.Client("views"), world.Client("edits"), world.Client("agrees"));
        await Eventually.BecomesTrueAsync(async () => (await approver.GetAsync(Routing)).Status != 401, "the engine knows the keys");
        var (_, name) = await WithScriptAsync();
        var body = $$"""{"kind":"script","name":"{{name}}","version":1}""";

        Assert.Equal(200, (await viewer.GetAsync(Routing)).Status);
        Assert.Equal(200, (await viewer.PostAsync("/ops/v1/scripts/check", null, """{"script":"ret 1"}""")).Status);
        (await viewer.PostAsync(Activations, ApiWorld.New("key"), body)).IsRefused(403, "role_missing");
        (await viewer.PostAsync(Rollbacks, ApiWorld.New("key"), body)).IsRefused(403, "role_missing");
        (await WriteAsync(viewer, "{}")).IsRefused(403, "role_missing");
        (await viewer.SendAsync(HttpMethod.Put, "/ops/v1/result-codes", MerchantClient.Json("{}"u8.ToArray()))).IsRefused(403, "role_missing");
        (await approver.GetAsync(Routing)).IsRefused(403, "role_missing");
        var asked = await editor.PostAsync(Activations, ApiWorld.New("key"), body);
        (await DecideAsync(editor, asked, "approval")).IsRefused(403, "role_missing");
        Assert.Equal("approver", Of(await DecideAsync(approver, asked, "approval"), "approved_by"));
        foreach (var stranger in new[] { world.Merchant, world.WithoutKey })
        {
            (await stranger.GetAsync(Routing)).IsRefused(401, "unauthorized");
            (await stranger.PostAsync(Rollbacks, ApiWorld.New("key"), body)).IsRefused(401, "unauthorized");
        }
    }

    [Theory]
    [InlineData("DELETE", Routing)]
    [InlineData("PUT", Setups)]
    [InlineData("POST", Setups + "/1")]
    [InlineData("GET", Setups + "/check/no")]
    [InlineData("DELETE", Activations)]
    [InlineData("GET", Activations + "/1/approval")]
    [InlineData("GET", Rollbacks)]
    public async Task other_methods_lead_nowhere_C17(string method, string path) =>
        Assert.InRange((await world.Operations.SendAsync(new HttpMethod(method), path, content: null)).Status, 404, 405);

    /// <summary>A script of its own with two versions, and a setup that names it.</summary>
    private async Task<(string Setup, string Script)> WithScriptAsync()
    {
        var name = ApiWorld.New("night").Replace('-', '_');
        foreach (var text in new[] { "ret 50", "ret 60" })
        {
            Assert.Equal(201, (await world.Operations.PostAsync($"/ops/v1/scripts/{name}/versions", ApiWorld.New("key"), new JsonObject { ["script"] = text }.ToJsonString())).Status);
        }

        return (Setup.Replace("SCRIPT", name, StringComparison.Ordinal), name);
    }

    private async Task ActivateAsync(string kind, string? name, int version, int share = 100) =>
        Assert.Equal("effective", Of(await DecideAsync(world.SecondOperator, await RequestAsync(kind, name, version, share), "approval"), "state"));

    private Task<MerchantAnswer> RequestAsync(string kind, string? name, int version, int share = 100, DateTimeOffset? from = null, string comment = "")
    {
        var body = new JsonObject { ["kind"] = kind, ["version"] = version, ["share"] = share, ["comment"] = comment };
        if (name is not null)
        {
            body["name"] = name;
        }

        if (from is { } moment)
        {
            body["from"] = moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        }

        return world.Operations.PostAsync(Activations, ApiWorld.New("key"), body.ToJsonString());
    }

    private static Task<MerchantAnswer> DecideAsync(MerchantClient client, MerchantAnswer asked, string verdict) =>
        client.PostAsync($"{Activations}/{asked.Json["activation"]}/{verdict}", null, null);

    private static Task<MerchantAnswer> WriteAsync(MerchantClient client, string text, string comment = "", string type = "application/yaml") =>
        SendAsync(client, $"{Setups}?comment={comment}", text, type);

    private static Task<MerchantAnswer> SendAsync(MerchantClient client, string path, string text, string type = "application/yaml") => client.SendAsync(
        HttpMethod.Post, path,
        new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        ("Idempotency-Key", ApiWorld.New("key")));

    private static string? Of(MerchantAnswer answer, string field) => (string?)answer.Json[field];
}
