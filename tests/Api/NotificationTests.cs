using System.Text.Json.Nodes;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>A merchant that wants to be told, and what it may not ask for.</summary>
public sealed class NotificationTests(ApiWorld world) : IClassFixture<ApiWorld>, IAsyncLifetime
{
    private readonly MerchantClient _merchant = world.Merchant;
    private NotificationReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NotificationReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    [Trait("Rule", "N1")]
    public async Task A_paid_trade_is_told_and_its_journey_shows_it()
    {
        var paid = await _merchant.PaidAsync(Told(_receiver.Url()));
        await Eventually.BecomesTrueAsync(() => _receiver.Received.Count == 1, "the merchant has been told");

        var told = _receiver.Received[0];
        Assert.True(told.IsSignedWith(await world.WebhookSecretAsync("M1001")));
        Assert.Equal("trade.paid", told.Type);
        Assert.Equal(paid.TradeNo, (string)told.Json["data"]!["trade"]!["trade_no"]!);
        Assert.Equal(_receiver.Url(), (string)paid.Json["notify_url"]!);

        JsonNode? shown = null;
        await Eventually.BecomesTrueAsync(
            async () => (string)(shown = (await _merchant.ReadAsync(paid.TradeNo, "?expand=all")).Json["notifications"]![0]!)["state"]! == "delivered",
            "the journey shows that it was delivered");
        Assert.Equal(
            (told.Id, "trade.paid", 1, 204),
            ((string)shown!["id"]!, (string)shown["type"]!, (int)shown["attempts"]!, (int)shown["last_status"]!));
    }

    [Theory]
    [Trait("Rule", "N2")]
    [InlineData("https://shop.example/told", "notify_url_not_registered")]
    [InlineData("http://127.0.0.1:9/told", "notify_url_private")]
    [InlineData("http://127.1:9/told", "notify_url_private")]
    [InlineData("http://user@127.0.0.1:9/told", "notify_url_malformed")]
    public async Task An_address_that_may_not_be_told_is_refused_and_nothing_is_written(string url, string code)
    {
        await world.Database.ExecuteAsync(
            "insert into merchant_notify_origin (merchant_id, scheme, host) select id, 'http', '127.0.0.1' from merchant where number = 'M3001' on conflict do nothing");
        var before = await world.RowsAsync();

        MerchantAnswer refused = null!;
        await Eventually.BecomesTrueAsync(
            async () => (string)(refused = await world.Foreign.PostAsync(Trades, ApiWorld.New("key"), Told(url))).Json["errors"]![0]!["code"]! == code,
            "the engine knows what is registered");

        refused.IsRefused(400, "invalid_request");
        Assert.Equal("notify_url", (string)refused.Json["errors"]![0]!["field"]!);
        Assert.Equal(before, await world.RowsAsync());
    }

    private static string Told(string url)
    {
        var trade = JsonNode.Parse(Trade(ApiWorld.New("A"), Payers.Good))!;
        trade["notify_url"] = url;
        return trade.ToJsonString();
    }
}
