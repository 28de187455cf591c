using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>The same key and body gets the first answer byte for byte; the same key and another body is refused.</summary>
[Trait("Rule", "O13")]
public sealed class IdempotencyTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;

    [Fact]
    public async Task A_repeat_gets_the_first_answer_byte_for_byte()
    {
        var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A"), Payers.Good));

        var first = await _merchant.PostAsync(Trades, key, body);
        var again = await _merchant.PostAsync(Trades, key, body);

        Assert.Equal((201, $"/v1/trades/{first.TradeNo}", "application/json"), (first.Status, first.Location, first.ContentType));
        Assert.True(first.IsSameAs(again), again.ToString());
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_also_when_the_trade_has_changed_since()
    {
        var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A"), Payers.Good));
        var first = await _merchant.PostAsync(Trades, key, body);
        await _merchant.BecomesAsync(first.TradeNo, "paid");

        var again = await _merchant.PostAsync(Trades, key, body);

        Assert.Equal("paying", again.State);
        Assert.True(first.IsSameAs(again), again.ToString());
    }

    [Fact]
    public async Task A_payment_and_a_close_are_repeated_like_the_opening_of_a_trade()
    {
        var trade = (await _merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
        var (pay, close) = (ApiWorld.New("key"), ApiWorld.New("key"));

        var paying = await _merchant.PayAsync(trade, Payment(Payers.Decline), pay);
        await _merchant.BecomesAsync(trade, "awaiting_payment");
        var closed = await _merchant.CloseAsync(trade, "{}", close);

        // After the close neither could be done; asked again, both are told as they were.
        Assert.Equal((201, "paying"), (paying.Status, paying.State));
        Assert.Equal((200, "closed"), (closed.Status, closed.State));
        Assert.True(paying.IsSameAs(await _merchant.PayAsync(trade, Payment(Payers.Decline), pay)));
        Assert.True(closed.IsSameAs(await _merchant.CloseAsync(trade, "{}", close)));
        Assert.Single((await _merchant.ReadAsync(trade)).Json["payments"]!.AsArray());
    }

    [Fact]
    public async Task Two_requests_at_the_same_instant_on_two_connections_are_one()
    {
        var other = world.Client("key-M1001");
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A"), Payers.Good));

            var answers = await Task.WhenAll(_merchant.PostAsync(Trades, key, body), other.PostAsync(Trades, key, body));

            Assert.Equal(201, answers[0].Status);
            Assert.True(answers[0].IsSameAs(answers[1]), $"{answers[0]} and {answers[1]}");
        });
        Assert.Empty(await world.Database.ReadAsync(
            "select merchant_order_no from trade_order group by merchant_order_no having count(*) > 1", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_payment_that_is_started_twice_at_the_same_instant_under_one_key_is_one()
    {
        var other = world.Client("key-M1001");
        for (var round = 0; round < 20; round++)
        {
            var trade = (await _merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
            var key = ApiWorld.New("key");

            var answers = await Task.WhenAll(_merchant.PayAsync(trade, Payment(), key), other.PayAsync(trade, Payment(), key));

            Assert.Equal(201, answers[0].Status);
            Assert.True(answers[0].IsSameAs(answers[1]), $"{answers[0]} and {answers[1]}");
            Assert.Single((await _merchant.BecomesAsync(trade, "paid")).Json["payments"]!.AsArray());
        }
    }

    [Theory]
    [InlineData("""{"merchant_order_no":"X","amount":"88.00","currency":"CNY","payer":"someone else"}""")]
    [InlineData("""{"merchant_order_no":"X","amount":"88.00","currency":"CNY","payer":"member-7"} """)]
    [InlineData("""{"amount":"88.00","merchant_order_no":"X","currency":"CNY","payer":"member-7"}""")]
    public async Task The_key_with_another_body_is_refused_even_when_it_means_the_same(string otherBody)
    {
        var (key, orderNo) = (ApiWorld.New("key"), ApiWorld.New("A"));
        var first = await _merchant.PostAsync(Trades, key, """{"merchant_order_no":"X","amount":"88.00","currency":"CNY","payer":"member-7"}""".Replace("X", orderNo));

        var other = await _merchant.PostAsync(Trades, key, otherBody.Replace("X", orderNo));

        Assert.Equal(201, first.Status);
        other.IsRefused(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task The_key_on_another_path_is_refused()
    {
        var key = ApiWorld.New("key");
        var (one, other) = (await _merchant.OpenAsync(Trade(ApiWorld.New("A"))), await _merchant.OpenAsync(Trade(ApiWorld.New("A"))));
        Assert.Equal(201, (await _merchant.PayAsync(one.TradeNo, Payment(), key)).Status);

        (await _merchant.PayAsync(other.TradeNo, Payment(), key)).IsRefused(422, "idempotency_key_reused");
        (await _merchant.CloseAsync(other.TradeNo, body: null, key)).IsRefused(422, "idempotency_key_reused");
        (await _merchant.PostAsync(Trades, key, Trade(ApiWorld.New("A")))).IsRefused(422, "idempotency_key_reused");
        Assert.Equal("awaiting_payment", (await _merchant.ReadAsync(other.TradeNo)).State);
    }

    [Fact]
    public async Task Merchants_do_not_share_keys()
    {
        var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A")));

        var ours = await _merchant.PostAsync(Trades, key, body);
        var theirs = await world.Foreign.PostAsync(Trades, key, body);

        Assert.Equal((201, 201), (ours.Status, theirs.Status));
        Assert.NotEqual(ours.TradeNo, theirs.TradeNo);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        var (key, orderNo) = (ApiWorld.New("key"), ApiWorld.New("A"));
        var trade = (await _merchant.OpenAsync(Trade(orderNo))).TradeNo;
        await _merchant.CloseAsync(trade);

        (await _merchant.PostAsync(Trades, key, Trade(orderNo, amount: "-1"))).IsRefused(400, "invalid_request");
        (await _merchant.PostAsync(Trades, key, Trade(orderNo))).IsRefused(409, "trade_closed");
        (await _merchant.PayAsync(trade, Payment(), key)).IsRefused(409, "trade_closed");
        (await _merchant.PayAsync("T202001010000000001", Payment(), key)).IsRefused(404, "trade_not_found");
        (await world.WithoutKey.PostAsync(Trades, key, Trade(orderNo))).IsRefused(401, "unauthorized");

        Assert.Equal(201, (await _merchant.PostAsync(Trades, key, Trade(ApiWorld.New("A")))).Status);
    }

    [Fact]
    public async Task When_the_answer_has_been_erased_its_key_stays_taken()
    {
        var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A")));
        var first = await _merchant.PostAsync(Trades, key, body);
        await world.Database.ExecuteAsync(
            "update order_step set answer_status = null, answer_location = null, answer_body = null where trade_id = $1", ApiWorld.IdOf(first.TradeNo));

        (await _merchant.PostAsync(Trades, key, body)).IsRefused(409, "idempotency_answer_gone");
        (await _merchant.PostAsync(Trades, key, body + " ")).IsRefused(422, "idempotency_key_reused");
    }
}
