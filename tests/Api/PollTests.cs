using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>The state of a trade is always available to its merchant, by our number and by the merchant's, and to nobody else.</summary>
[Trait("Rule", "N4")]
public sealed class PollTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;
    private readonly string _orderNo = ApiWorld.New("A");

    [Fact]
    public async Task A_trade_is_found_by_both_numbers()
    {
        var paid = await _merchant.PaidAsync(Trade(_orderNo, Payers.Good));

        var byOurs = await _merchant.ReadAsync(paid.TradeNo);
        var byTheirs = await _merchant.FindAsync(_orderNo);

        Assert.Equal([(200, paid.TradeNo, "paid"), (200, paid.TradeNo, "paid")], new[] { byOurs, byTheirs }.Select(found => (found.Status, found.TradeNo, found.State)));
        Assert.Equal(Without(byOurs), Without(byTheirs));
        Assert.Null(byOurs.Location);

        // Who asks twice gets two serial numbers, and the rest alike.
        static string Without(MerchantAnswer found)
        {
            var json = found.Json.AsObject();
            json.Remove("request_id");
            return json.ToJsonString();
        }
    }

    [Fact]
    public async Task A_trade_of_another_merchant_does_not_exist()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        var before = await world.RowsAsync();

        (await world.Foreign.ReadAsync(trade)).IsRefused(404, "trade_not_found");
        (await world.Foreign.ReadAsync(trade, "?expand=all")).IsRefused(404, "trade_not_found");
        (await world.Foreign.FindAsync(_orderNo)).IsRefused(404, "trade_not_found");
        (await world.Foreign.PayAsync(trade, Payment())).IsRefused(404, "trade_not_found");
        (await world.Foreign.CloseAsync(trade)).IsRefused(404, "trade_not_found");

        Assert.Equal(before, await world.RowsAsync());
        Assert.Equal("awaiting_payment", (await _merchant.ReadAsync(trade)).State);
    }

    [Theory]
    [InlineData("T203001010000000001")]
    [InlineData("T202001010000000001")]
    [InlineData("T999912310000000001")]
    [InlineData("T202613450000000001")]
    [InlineData("T2026112000000000001")]
    [InlineData("P202611200000000001")]
    [InlineData("t202611200000000001")]
    [InlineData("0")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("T20261120%F0%9F%8E%AB")]
    public async Task A_number_that_nobody_was_given_is_not_found(string number) =>
        (await _merchant.ReadAsync(number)).IsRefused(404, "trade_not_found");

    [Theory]
    [InlineData("", "merchant_order_no")]
    [InlineData("?merchant_order_no=", "merchant_order_no")]
    [InlineData("?merchant_order_no=a%20b", "merchant_order_no")]
    [InlineData("?merchant_order_no=A&merchant_order_no=B", "merchant_order_no")]
    public async Task A_search_that_names_no_order_number_is_refused(string query, string field)
    {
        var refused = await _merchant.GetAsync(Trades + query);

        refused.IsRefused(400, "invalid_request");
        Assert.Equal(field, (string)refused.Json["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task An_order_number_that_was_never_submitted_is_not_found() =>
        (await _merchant.FindAsync("never-submitted")).IsRefused(404, "trade_not_found");

    [Theory]
    [InlineData("?expand=")]
    [InlineData("?expand=some")]
    [InlineData("?expand=all&expand=all")]
    public async Task Only_everything_can_be_expanded(string query)
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;

        var refused = await _merchant.ReadAsync(trade, query);

        refused.IsRefused(400, "invalid_request");
        Assert.Equal("expand", (string)refused.Json["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task A_merchant_that_is_not_active_reads_its_trades_and_changes_nothing()
    {
        (await world.Inactive.FindAsync("never-submitted")).IsRefused(404, "trade_not_found");
        (await world.Inactive.PostAsync(Trades, ApiWorld.New("key"), Trade(_orderNo))).IsRefused(403, "merchant_inactive");
    }
}
