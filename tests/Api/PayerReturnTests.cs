using System.Net;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>A payer's browser comes back from the online bank, which is otherwise asked after an hour.</summary>
[Trait("Rule", "C15")]
public sealed class PayerReturnTests(ApiWorld world) : IClassFixture<ApiWorld>, IDisposable
{
    private const string Hostile = "\"><script>alert(1)</script>";

    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = world.Address };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_bank_is_asked_at_once_when_the_browser_comes_back(string method)
    {
        var (tradeNo, number) = await OpenedAsync(Payers.Accept);

        using var answer = await ComeBackAsync(method, "sim-bank", number);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await world.Merchant.BecomesAsync(tradeNo, "paid");
    }

    [Fact]
    public async Task A_browser_that_says_that_it_has_paid_decides_nothing()
    {
        var (tradeNo, number) = await OpenedAsync(Payers.Stuck);

        await _http.GetAsync($"/return/sim-bank?orderId={number}&status=SUCCESS&amount=88.00");

        await AskedAsync(tradeNo, times: 1);
        Assert.Equal("paying", (await world.Merchant.ReadAsync(tradeNo)).State);
    }

    [Fact]
    public async Task However_often_it_comes_back_the_bank_is_asked_early_once()
    {
        var (tradeNo, number) = await OpenedAsync(Payers.Stuck);
        await ComeBackAsync("GET", "sim-bank", number);
        await AskedAsync(tradeNo, times: 1);

        for (var again = 0; again < 5; again++)
        {
            await ComeBackAsync("GET", "sim-bank", number);
        }

        // Returns are looked at in the order in which they came: when this one has been, so have those before it.
        var (other, otherNumber) = await OpenedAsync(Payers.Accept);
        await ComeBackAsync("GET", "sim-bank", otherNumber);
        await world.Merchant.BecomesAsync(other, "paid");
        await AskedAsync(tradeNo, times: 1);
    }

    [Fact]
    public async Task A_number_of_another_channel_hastens_nothing()
    {
        var (tradeNo, number) = await OpenedAsync(Payers.Accept);
        await ComeBackAsync("GET", "sim-card", number);

        var (other, otherNumber) = await OpenedAsync(Payers.Accept);
        await ComeBackAsync("GET", "sim-bank", otherNumber);
        await world.Merchant.BecomesAsync(other, "paid");
        Assert.Equal("paying", (await world.Merchant.ReadAsync(tradeNo)).State);
    }

    [Theory]
    [InlineData("/return/sim-bank")]
    [InlineData("/return/no-such?orderId=1")]
    [InlineData("/return/sim-bank?orderId=10226112000000000001&return_url=https%3A%2F%2Fevil.example%2F")]
    [InlineData("/return/sim-bank?orderId=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task The_page_is_the_same_whatever_the_address_says_and_leads_nowhere(string address)
    {
        var (_, number) = await OpenedAsync(Payers.Accept);
        using var known = await ComeBackAsync("GET", "sim-bank", number);

        using var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(await known.Content.ReadAsStringAsync(), page);
        Assert.DoesNotContain("script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_broken_is_answered_likewise()
    {
        using var large = new StringContent("a=" + new string('x', 100_000), null, "application/x-www-form-urlencoded");
        using var broken = new StringContent(Hostile, null, "multipart/form-data");

        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync("/return/sim-bank", large)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync("/return/sim-bank", broken)).StatusCode);
    }

    /// <summary>An online payment that the bank has accepted, and the number under which it has.</summary>
    private async Task<(string TradeNo, string Number)> OpenedAsync(string payer)
    {
        var trade = await world.Merchant.OpenAsync(Trade(ApiWorld.New("R")));
        await world.Merchant.PayAsync(trade.TradeNo, Payment(payer, "online_banking"));
        await Eventually.BecomesTrueAsync(
            async () => await world.Database.ScalarAsync<long>(
                "select count(*) from institution_order where trade_id = $1 and state in ('Accepted', 'Unknown')", ApiWorld.IdOf(trade.TradeNo)) == 1,
            "the call has been answered");
        return (trade.TradeNo, (await world.Database.ScalarAsync<string>(
            "select number from institution_order where trade_id = $1", ApiWorld.IdOf(trade.TradeNo)))!);
    }

    private Task<HttpResponseMessage> ComeBackAsync(string method, string channel, string number) => method == "GET"
        ? _http.GetAsync($"/return/{channel}?lang=zh&orderId={number}")
        : _http.PostAsync($"/return/{channel}", new FormUrlEncodedContent([new("lang", "zh"), new("orderId", number)]));

    private Task AskedAsync(string tradeNo, int times) => Eventually.BecomesTrueAsync(
        async () => await world.Database.ScalarAsync<short>("select queries from institution_order where trade_id = $1", ApiWorld.IdOf(tradeNo)) == times,
        $"the bank has been asked {times} times");
}
