using System.Net;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>The one public address for callbacks, and everything behind it at work.</summary>
[Trait("Rule", "C15")]
public sealed class CallbackTests(CallbackWorld world) : IClassFixture<CallbackWorld>
{
    private const int LargestBody = 64 * 1024;

    [Fact]
    public async Task A_signed_success_is_answered_in_the_institutions_words_and_pays()
    {
        var (tradeNo, number) = await OpenedAsync();

        var answer = await SucceededAsync(number);

        Assert.Equal((HttpStatusCode.OK, CallbackWire.Thanks), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        await world.Merchant.BecomesAsync(tradeNo, "paid");
    }

    [Fact]
    public async Task The_same_success_many_times_at_once_pays_once()
    {
        var (tradeNo, number) = await OpenedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SucceededAsync(number)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await world.Merchant.BecomesAsync(tradeNo, "paid");
        await Eventually.BecomesTrueAsync(
            async () => await world.Database.ScalarAsync<long>("select count(*) from callback where number = $1 and handled_at is not null", number) == 20,
            "all twenty are handled");
        Assert.Equal(1, await world.Database.ScalarAsync<long>(
            "select count(*) from posting where order_id in (select id from payment_order where trade_id = $1)", ApiWorld.IdOf(tradeNo)));
    }

    [Fact]
    public async Task A_success_before_its_order_is_found_by_the_sweep_when_the_order_is_there()
    {
        var (_, number) = await OpenedAsync();
        var next = (Int128.Parse(number) + 1).ToString();
        Assert.Equal(HttpStatusCode.OK, (await SucceededAsync(next)).StatusCode);

        var (tradeNo, same) = await OpenedAsync();

        Assert.Equal(next, same);
        await world.Merchant.BecomesAsync(tradeNo, "paid");
    }

    [Fact]
    public async Task A_forged_callback_gets_the_institutions_refusal_and_is_not_stored()
    {
        var (_, number) = await OpenedAsync();
        var (headers, body) = Success(number);
        body[^1] ^= 1;
        var before = await world.StoredAsync();

        var forged = await world.CallBackAsync(headers, new ByteArrayContent(body));
        var unsigned = await world.CallBackAsync([], new ByteArrayContent(body));

        Assert.Equal((HttpStatusCode.Unauthorized, CallbackWire.NoThanks), (forged.StatusCode, await forged.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        Assert.Equal(before, await world.StoredAsync());
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_not_found_and_no_other_method_is_allowed()
    {
        var (headers, body) = Success("101204003010000000000001");

        Assert.Equal(HttpStatusCode.NotFound, (await world.CallBackAsync(headers, new ByteArrayContent(body), "no-such")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await world.Institution.GetAsync("/callbacks/sim-card")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Institution.PostAsync("/callbacks/", null)).StatusCode);
    }

    [Fact]
    public async Task The_largest_body_is_taken_and_one_byte_more_is_not()
    {
        var (headers, body) = CallbackWire.Write("x", new ChannelOutcome.Failed(new string('7', LargestBody - "x|failed|".Length), ""));
        Assert.Equal(LargestBody, body.Length);
        Assert.Equal(HttpStatusCode.OK, (await world.CallBackAsync(headers, new ByteArrayContent(body))).StatusCode);

        byte[] larger = [.. body, 0];
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.CallBackAsync(headers, new ByteArrayContent(larger))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.CallBackAsync(headers, new Chunked(larger))).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_answered_503_and_stored_when_the_institution_calls_again()
    {
        var (tradeNo, number) = await OpenedAsync();

        // The table is gone for a moment: the database answers, and stores nothing.
        await world.Database.ExecuteAsync("alter table callback_pending rename to callback_hidden");
        var turnedAway = await SucceededAsync(number);
        await world.Database.ExecuteAsync("alter table callback_hidden rename to callback_pending");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, turnedAway.StatusCode);
        Assert.NotNull(turnedAway.Headers.RetryAfter);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from callback where number = $1", number));

        Assert.Equal(HttpStatusCode.OK, (await SucceededAsync(number)).StatusCode);
        await world.Merchant.BecomesAsync(tradeNo, "paid");
    }

    [Fact]
    public async Task Merchants_do_not_read_of_it() =>
        Assert.DoesNotContain("callbacks", await world.Institution.GetStringAsync("/openapi/v1.json"), StringComparison.Ordinal);

    /// <summary>A trade with a payment that the institution has accepted, and the number under which it has.</summary>
    private async Task<(string TradeNo, string Number)> OpenedAsync()
    {
        var trade = await world.Merchant.OpenAsync(Trade(ApiWorld.New("C"), Payers.Good));
        return (trade.TradeNo, (await world.Database.ScalarAsync<string>(
            "select number from institution_order where trade_id = $1", ApiWorld.IdOf(trade.TradeNo)))!);
    }

    private Task<HttpResponseMessage> SucceededAsync(string number)
    {
        var (headers, body) = Success(number);
        return world.CallBackAsync(headers, new ByteArrayContent(body));
    }

    private static (Dictionary<string, string> Headers, byte[] Body) Success(string number) =>
        CallbackWire.Write(number, new ChannelOutcome.Succeeded(new Money(8_800, Currency.Parse("CNY")), "REF" + number, "SUCCESS"));

    /// <summary>A body whose length is not said beforehand.</summary>
    private sealed class Chunked(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
