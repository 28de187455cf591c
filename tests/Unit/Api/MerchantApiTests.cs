using System.Net;
using System.Text.Json;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>What comes of requests that are in order.</summary>
public sealed class MerchantApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    [Trait("Rule", "O13")]
    public async Task A_trade_is_opened_and_the_answer_goes_out_byte_for_byte()
    {
        byte[] body = [.. "{\"as\":\"stored\"} "u8];
        host.Desk.Result = _ => new DeskResult.Answered(new Answer(201, "/v1/trades/T1", body));

        var answer = await host.PostAsync(ApiHost.Trades, ApiHost.GoodTrade);

        host.Desk.Result = null;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/v1/trades/T1", answer.Headers.Location?.OriginalString);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
        var (request, command) = host.Desk.Asked[^1];
        Assert.Equal((ApiOrders.Merchant, "k-1", "r-1"), (request.Merchant, request.IdempotencyKey, request.RequestSerial));
        Assert.Equal("A-1001", Assert.IsType<OpenTrade>(command).MerchantOrderNo);
    }

    [Fact]
    public async Task A_payment_goes_to_the_trade_of_its_path()
    {
        var answer = await host.PostAsync($"{ApiHost.Trade}/payments", ApiHost.GoodPayment);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((ApiOrders.TradeId, new StartPayment(PaymentMethod.Quick, "1")), host.Desk.Asked[^1].Command);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task A_close_needs_no_body(string? body)
    {
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"{ApiHost.Trade}/close", body)).StatusCode);
        Assert.Equal(ApiOrders.TradeId, host.Desk.Asked[^1].Command);
    }

    [Theory]
    [Trait("Rule", "N4")]
    [InlineData(ApiHost.Trade)]
    [InlineData(ApiHost.Trades + "?merchant_order_no=A-1001")]
    public async Task A_trade_is_found_by_our_number_and_by_the_merchants(string path)
    {
        var answer = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var trade = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("T202611200000000001", trade.GetProperty("trade_no").GetString());
        Assert.Equal("r-1", trade.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData(ApiHost.Trade + "?expand=all")]
    [InlineData(ApiHost.Trades + "?merchant_order_no=A-1001&expand=all")]
    public async Task Expand_all_tells_the_whole_journey(string path)
    {
        host.Desk.Journey = Journeys.OnWorkList();

        var answer = await host.GetAsync(path);

        host.Desk.Journey = null;
        var trade = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(1, trade.GetProperty("transitions").GetArrayLength());
    }

    [Fact]
    [Trait("Rule", "O6")]
    public async Task A_request_without_a_serial_number_gets_one_that_is_told_in_the_answer()
    {
        var request = ApiHost.Request(HttpMethod.Get, ApiHost.Trade);
        request.Headers.Remove("X-Request-Id");

        var answer = await host.Client.SendAsync(request);

        var serial = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.Matches("^[0-9a-f]{32}$", serial);
        Assert.Contains(serial, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task The_hash_covers_the_operation_and_every_byte_of_the_body_and_nothing_else()
    {
        var open = await HashAsync(ApiHost.Trades, ApiHost.GoodTrade);

        Assert.Equal(32, open.Length);
        Assert.Equal(open, await HashAsync("/V1/TRADES/?x=1", ApiHost.GoodTrade));
        Assert.NotEqual(open, await HashAsync(ApiHost.Trades, ApiHost.GoodTrade + " "));

        var pay = await HashAsync($"{ApiHost.Trade}/payments", ApiHost.GoodPayment);
        Assert.NotEqual(pay, await HashAsync("/v1/trades/T202611200000000002/payments", ApiHost.GoodPayment));
        Assert.NotEqual(await HashAsync($"{ApiHost.Trade}/close", "{}"), await HashAsync($"{ApiHost.Trade}/close", null));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    public async Task Json_in_UTF_8_may_be_declared_in_many_ways(string contentType)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        Assert.Equal(HttpStatusCode.Created, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_64_KB_is_read_to_its_last_byte_also_in_chunks(bool chunked)
    {
        var request = ApiHost.Request(HttpMethod.Post, ApiHost.Trades, ApiHost.GoodTrade + new string(' ', 65_536 - ApiHost.GoodTrade.Length));
        request.Headers.TransferEncodingChunked = chunked;

        Assert.Equal(HttpStatusCode.Created, (await host.Client.SendAsync(request)).StatusCode);
    }

    private async Task<byte[]> HashAsync(string path, string? body)
    {
        Assert.True((await host.PostAsync(path, body)).IsSuccessStatusCode);
        return host.Desk.Asked[^1].Request.BodyHash;
    }
}
