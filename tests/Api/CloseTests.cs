using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>A trade ends unpaid: closed by its merchant, or by its validity.</summary>
[Trait("Rule", "O3")]
public sealed class CloseTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;
    private readonly string _orderNo = ApiWorld.New("A");

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task A_trade_without_a_payment_is_closed_at_once(string? body)
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;

        var closed = await _merchant.CloseAsync(trade, body);

        Assert.Equal((200, "closed", $"/v1/trades/{trade}"), (closed.Status, closed.State, closed.Location));
        (await _merchant.PayAsync(trade, Payment())).IsRefused(409, "trade_closed");
    }

    [Fact]
    public async Task Closing_twice_is_no_mistake()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await _merchant.CloseAsync(trade);

        var again = await _merchant.CloseAsync(trade);

        Assert.Equal((200, "closed"), (again.Status, again.State));
    }

    [Fact]
    public async Task While_a_payment_is_in_flight_the_trade_is_closing_and_what_still_succeeds_pays_it()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await _merchant.PayAsync(trade, Payment(Payers.Accept, "online_banking"));

        var closing = await _merchant.CloseAsync(trade);
        Assert.Equal((200, "closing"), (closing.Status, closing.State));
        (await _merchant.PayAsync(trade, Payment())).IsRefused(409, "trade_closed");

        await world.AskNowAsync(trade);
        await _merchant.BecomesAsync(trade, "paid");
    }

    [Fact]
    public async Task A_paid_trade_cannot_be_closed()
    {
        var trade = (await _merchant.PaidAsync(Trade(_orderNo, Payers.Good))).TradeNo;

        var refused = await _merchant.CloseAsync(trade);

        refused.IsRefused(409, "trade_already_paid");
        Assert.Equal(trade, refused.TradeNo);
    }

    [Fact]
    public async Task A_trade_closes_by_itself_when_its_validity_is_over()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await world.Database.ExecuteAsync("update trade_order set expires_at = now() - interval '1 minute' where id = $1", ApiWorld.IdOf(trade));
        await world.Database.ExecuteAsync("update timer set due_at = now() where order_id = $1", ApiWorld.IdOf(trade));

        var closed = (await _merchant.BecomesAsync(trade, "closed")).Json;

        var last = closed["transitions"]!.AsArray()[^1]!;
        Assert.Equal(("awaiting_payment", "closed", "timer"), ((string)last["from"]!, (string)last["to"]!, (string)last["actor"]!));
        Assert.Empty(closed["timers"]!.AsArray());
    }
}
