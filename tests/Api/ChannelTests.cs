using System.Text.Json.Nodes;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>Operations see how the channels fare.</summary>
[Trait("Rule", "C6")]
public sealed class ChannelTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task Channels_are_listed_with_what_routing_goes_by_C6()
    {
        await world.Merchant.PaidAsync(Trade(ApiWorld.New("H"), Payers.Good));

        var channels = (await world.Operations.GetAsync("/ops/v1/channels")).Json["channels"]!.AsArray();

        Assert.Equal(["sim-card", "sim-bank", "sim-wallet"], channels.Select(channel => (string?)channel!["channel"]));
        var card = channels[0]!.AsObject();
        Assert.Equal(
            ["channel", "name", "application", "enabled", "routed", "health", "health_with", "waiting", "volume_of_month"], card.Select(field => field.Key));
        Assert.Equal((true, true, "engine"), ((bool)card["enabled"]!, (bool)card["routed"]!, (string?)card["application"]));
        Assert.InRange((int)card["health"]!, -20, 0);
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task What_is_used_of_limits_is_listed_by_day_and_subject_C4()
    {
        Assert.Empty(((JsonArray)(await world.Operations.GetAsync("/ops/v1/channels/sim-card/limits?day=2026-11-20&subject=merchant:M1001")).Json["limits"]!));
        (await world.Operations.GetAsync("/ops/v1/channels/sim-card/limits?day=today")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync("/ops/v1/channels/sim-card/limits?subject=member:%00")).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync("/ops/v1/channels/sim-card/limits?subject=" + new string('m', 200))).IsRefused(400, "invalid_request");
        (await world.Operations.GetAsync("/ops/v1/channels/nobody/limits")).IsRefused(404, "channel_not_found");
        (await world.Operations.PostAsync("/ops/v1/channels", "key", "{}")).IsRefused(405, "method_not_allowed");
        (await world.Merchant.GetAsync("/ops/v1/channels")).IsRefused(401, "unauthorized");
    }
}
