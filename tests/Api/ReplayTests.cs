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

    private Task<MerchantAnswer> ReplayAsync(JsonObject draft)
    {
        draft["from"] = DateTimeOffset.UtcNow.AddHours(-1).ToString("o", CultureInfo.InvariantCulture);
        draft["to"] = DateTimeOffset.UtcNow.AddHours(1).ToString("o", CultureInfo.InvariantCulture);
        return world.Operations.PostAsync(Replay, key: null, draft.ToJsonString());
    }
}
