using System.Text.Json.Nodes;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>What merchants may say for the choice of a channel, and how they see what came of it.</summary>
public sealed class ChosenChannelTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;

    [Fact]
    [Trait("Rule", "C17")]
    public async Task How_a_channel_was_chosen_is_shown_on_the_trade_C17()
    {
        var paid = await _merchant.PaidAsync(Trade(ApiWorld.New("R"), Payers.Good));

        var choice = (await _merchant.ReadAsync(paid.TradeNo, "?expand=routing")).Json["routing"]!.AsArray().Single()!;

        Assert.Equal(("sim-card", "pay", 0), ((string?)choice["channel"], (string?)choice["interface"], (int)choice["setup_version"]!));
        Assert.Equal("sim-card is the only channel that is left.", (string?)choice["in_words"]);
        Assert.StartsWith("I", (string?)choice["instruction_no"]);
        Assert.Empty(choice["removed"]!.AsArray());
        Assert.Equal("sim-card", (string?)choice["candidates"]![0]!["channel"]);
    }

    [Fact]
    public async Task Only_what_there_is_can_be_expanded()
    {
        var trade = (await _merchant.OpenAsync(Trade(ApiWorld.New("R")))).TradeNo;

        Assert.Empty((await _merchant.ReadAsync(trade, "?expand=routing")).Json["routing"]!.AsArray());
        (await _merchant.ReadAsync(trade, "?expand=route")).IsRefused(400, "invalid_request");
        (await world.Foreign.ReadAsync(trade, "?expand=routing")).IsRefused(404, "trade_not_found");
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task Elements_of_a_payment_are_kept_with_it_C2()
    {
        var orderNo = ApiWorld.New("R");
        var body = JsonNode.Parse(Trade(orderNo, Payers.Good))!;
        body["payment"]!["terminal"] = "app";
        body["payment"]!["target_institution"] = "CMB";

        await _merchant.PaidAsync(body.ToJsonString());

        Assert.Equal(
            "{\"terminal\": \"app\", \"target_institution\": \"CMB\"}",
            await world.Database.ScalarAsync<string>(
                "select i.elements::text from payment_instruction i join trade_order t on t.id = i.trade_id where t.merchant_order_no = $1",
                orderNo));
    }
}
