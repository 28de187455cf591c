using System.Globalization;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>Before a draft decides anything, operations see what it would have done.</summary>
[Trait("Rule", "C17")]
public sealed class ReplayTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Replay = "/ops/v1/routing/replay";

    private const string OnlyWallets = """
        classes:
          - { mode: wallet, channels: [sim-wallet] }
        channels:
          - { code: sim-wallet, priority: by_amount, interfaces: [{ code: pay, operation: pay }] }
        """;

    [Fact]
    public async Task a_draft_is_run_against_what_was_really_paid_C17()
    {
        var trade = (await world.Merchant.PaidAsync(Requests.Trade(ApiWorld.New("order"), Payers.Good))).TradeNo;

        var same = await ReplayAsync(new JsonObject());
        Assert.Equal(200, same.Status);
        var payments = (int)same.Json["transactions"]!;
        Assert.True(payments > 0);
        Assert.Equal(payments, (int)same.Json["as_in_reality"]!);
        Assert.Empty(same.Json["moves"]!.AsArray());

        var draft = await ReplayAsync(new JsonObject { ["setup"] = OnlyWallets, ["scripts"] = new JsonObject { ["by_amount"] = "ret amount" } });
        var lost = draft.Json["no_longer_routable"]!;
        Assert.Equal(payments, (int)lost["count"]!);
        Assert.Equal("no class has channels for quick", (string)lost["reasons"]![0]!["reason"]!);
        Assert.Contains(draft.Json["moves"]!.AsArray(), move => (string?)move!["from"] == "sim-card" && move["to"] is null);
        Assert.Contains(lost["example_trades"]!.AsArray(), example => (string)example! == trade);
    }

    [Fact]
    public async Task a_draft_that_could_not_be_in_force_is_refused_with_everything_that_is_wrong_C17()
    {
        var refused = await ReplayAsync(new JsonObject
        {
            ["setup"] = OnlyWallets.Replace("sim-wallet", "sim-none", StringComparison.Ordinal),
            ["scripts"] = new JsonObject { ["other"] = "ret amuont", ["reroute"] = "ret true", ["late"] = 7 },
        });

        var errors = refused.Json["errors"]!.AsArray().Select(error => (string)error!["field"]!).ToHashSet();
        Assert.Superset(new HashSet<string> { "scripts[other]", "scripts[reroute]", "scripts[late]", "channels[sim-none].code", "channels[sim-none].priority[base]" }, errors);
        (await world.Merchant.PostAsync(Replay, key: null, "{}")).IsRefused(401, "unauthorized");
        (await world.Operations.GetAsync(Replay)).IsRefused(405, "method_not_allowed");
    }

    [Fact]
    public async Task a_script_that_the_setup_does_not_name_is_refused_and_not_ignored_C17()
    {
        var refused = await ReplayAsync(new JsonObject
        {
            ["setup"] = OnlyWallets, ["scripts"] = new JsonObject { ["by_amount"] = "ret amount", ["by_amuont"] = "ret 5" },
        });

        refused.IsRefused(422, "routing_unfit");
        Assert.Equal("scripts[by_amuont]", (string)Assert.Single(refused.Json["errors"]!.AsArray())!["field"]!);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z")]
    [InlineData("1999-12-31T23:00:00Z", "2000-01-02T00:00:00Z")]
    [InlineData("9999-12-30T00:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("2199-12-31T00:00:00Z", "2199-12-31T23:59:59-01:00")]
    public async Task a_time_at_the_end_of_the_calendar_is_refused_C17(string from, string to)
    {
        var refused = await world.Operations.PostAsync(Replay, key: null, new JsonObject { ["from"] = from, ["to"] = to }.ToJsonString());

        refused.IsRefused(400, "invalid_request");
        Assert.All(refused.Json["errors"]!.AsArray(), error => Assert.Equal("out_of_range", (string)error!["code"]!));
    }

    private Task<MerchantAnswer> ReplayAsync(JsonObject draft)
    {
        draft["from"] = DateTimeOffset.UtcNow.AddHours(-1).ToString("o", CultureInfo.InvariantCulture);
        draft["to"] = DateTimeOffset.UtcNow.AddHours(1).ToString("o", CultureInfo.InvariantCulture);
        return world.Operations.PostAsync(Replay, key: null, draft.ToJsonString());
    }
}
