using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>What becomes of a merchant order number that is submitted again under another key.</summary>
[Trait("Rule", "O2")]
public sealed class RepeatTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;
    private readonly string _orderNo = ApiWorld.New("A");

    [Fact]
    public async Task An_unpaid_trade_is_continued_and_a_payment_is_started_when_one_is_wanted()
    {
        var opened = await _merchant.OpenAsync(Trade(_orderNo));

        var continued = await _merchant.OpenAsync(Trade(_orderNo));
        var paying = await _merchant.OpenAsync(Trade(_orderNo, Payers.Good));

        Assert.Equal((201, 200, 200), (opened.Status, continued.Status, paying.Status));
        Assert.Equal([opened.TradeNo, opened.TradeNo, opened.TradeNo], [opened.TradeNo, continued.TradeNo, paying.TradeNo]);
        Assert.Equal($"/v1/trades/{opened.TradeNo}", continued.Location);
        Assert.Equal(("awaiting_payment", "paying"), (continued.State, paying.State));
        Assert.Single((await _merchant.BecomesAsync(opened.TradeNo, "paid")).Json["payments"]!.AsArray());
    }

    [Fact]
    public async Task While_a_payment_is_in_flight_a_repeat_starts_no_second_one()
    {
        var opened = await _merchant.OpenAsync(Trade(_orderNo, Payers.Stuck));

        var continued = await _merchant.OpenAsync(Trade(_orderNo, Payers.Good));

        Assert.Equal((200, opened.TradeNo, "paying"), (continued.Status, continued.TradeNo, continued.State));
        Assert.Single(continued.Json["payments"]!.AsArray());
    }

    [Fact]
    public async Task A_changed_description_or_validity_does_not_matter()
    {
        var opened = await _merchant.OpenAsync(Trade(_orderNo, description: "Two tickets"));

        var continued = await _merchant.OpenAsync(Trade(_orderNo, description: "Three tickets", expiresIn: 3_600));

        Assert.Equal((200, opened.TradeNo), (continued.Status, continued.TradeNo));
        Assert.Equal("Two tickets", (string)continued.Json["description"]!);
        Assert.Equal((string)opened.Json["expires_at"]!, (string)continued.Json["expires_at"]!);
    }

    [Theory]
    [InlineData("99.00", "member-7", null)]
    [InlineData("88.00", "member-8", null)]
    [InlineData("88.00", "member-7", "shop-3")]
    public async Task With_a_changed_amount_payer_or_payee_the_latest_facts_count(string amount, string payer, string? payee)
    {
        var opened = await _merchant.OpenAsync(Trade(_orderNo));

        var revised = await _merchant.OpenAsync(Trade(_orderNo, Payers.Good, amount, payer: payer, payee: payee));

        Assert.Equal((200, opened.TradeNo), (revised.Status, revised.TradeNo));
        var paid = await _merchant.BecomesAsync(opened.TradeNo, "paid");
        Assert.Equal((amount, payer, payee), ((string)paid.Json["amount"]!, (string)paid.Json["payer"]!, (string?)paid.Json["payee"]));
        Assert.Equal(amount, (string)Assert.Single(paid.Json["payments"]!.AsArray())!["amount"]!);
    }

    [Fact]
    public async Task An_attempt_at_old_facts_that_still_succeeds_is_surplus_and_pays_nothing()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await _merchant.PayAsync(trade, Payment(Payers.Accept, "online_banking"));

        var revised = await _merchant.OpenAsync(Trade(_orderNo, Payers.Good, amount: "99.00"));
        Assert.Equal(2, revised.Json["payments"]!.AsArray().Count);
        await _merchant.BecomesAsync(trade, "paid");
        await world.AskNowAsync(trade);

        await Eventually.BecomesTrueAsync(
            async () => (await PaymentsAsync(trade)).SequenceEqual([("payment", "88.00", "surplus"), ("payment", "99.00", "succeeded"), ("refund", "88.00", "succeeded")]),
            "the attempt at the old amount is surplus and given back");
        Assert.Equal("paid", (await _merchant.ReadAsync(trade)).State);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from difference where trade_id = $1 and kind = 'surplus'", ApiWorld.IdOf(trade)));
    }

    [Fact]
    public async Task A_changed_currency_is_refused()
    {
        var opened = await _merchant.OpenAsync(Trade(_orderNo));

        var repeat = await RepeatAsync(_merchant, Trade(_orderNo, Payers.Good, currency: "USD"));

        repeat.IsRefused(409, "currency_changed");
        Assert.Equal(opened.TradeNo, repeat.TradeNo);
        Assert.Equal("awaiting_payment", (await _merchant.ReadAsync(opened.TradeNo)).State);
    }

    [Theory]
    [InlineData("88.00")]
    [InlineData("99.00")]
    public async Task A_paid_trade_is_refused_and_named(string amount)
    {
        var paid = await _merchant.PaidAsync(Trade(_orderNo, Payers.Good));

        var repeat = await RepeatAsync(_merchant, Trade(_orderNo, Payers.Good, amount));

        repeat.IsRefused(409, "trade_already_paid");
        Assert.Equal(paid.TradeNo, repeat.TradeNo);
    }

    [Fact]
    public async Task A_closed_trade_is_refused_and_named()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await _merchant.CloseAsync(trade);

        var repeat = await RepeatAsync(_merchant, Trade(_orderNo, Payers.Good, amount: "99.00"));

        repeat.IsRefused(409, "trade_closed");
        Assert.Equal(trade, repeat.TradeNo);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task An_expired_trade_is_refused_and_named()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await world.Database.ExecuteAsync("update trade_order set expires_at = now() - interval '1 minute' where id = $1", ApiWorld.IdOf(trade));

        var repeat = await RepeatAsync(_merchant, Trade(_orderNo, Payers.Good));

        repeat.IsRefused(409, "trade_expired");
        Assert.Equal(trade, repeat.TradeNo);
        (await _merchant.PayAsync(trade, Payment())).IsRefused(409, "trade_expired");
    }

    [Fact]
    public async Task A_strict_merchant_is_refused_every_repeat_but_that_of_the_same_key()
    {
        var key = ApiWorld.New("key");
        var opened = await world.Strict.PostAsync(Trades, key, Trade(_orderNo));

        var repeat = await RepeatAsync(world.Strict, Trade(_orderNo));

        repeat.IsRefused(409, "merchant_order_no_taken");
        Assert.Equal(opened.TradeNo, repeat.TradeNo);
        Assert.True(opened.IsSameAs(await world.Strict.PostAsync(Trades, key, Trade(_orderNo))));
    }

    [Fact]
    public async Task Two_keys_at_the_same_instant_are_one_trade()
    {
        var other = world.Client("key-M1001");
        await Parallel.ForEachAsync(Enumerable.Range(0, 50), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            var body = Trade(ApiWorld.New("A"), Payers.Stuck);

            var answers = await Task.WhenAll(_merchant.OpenAsync(body), other.OpenAsync(body));

            Assert.Equal([200, 201], answers.Select(answer => answer.Status).Order());
            Assert.Equal(answers[0].TradeNo, answers[1].TradeNo);
            Assert.All(answers, answer => Assert.Single(answer.Json["payments"]!.AsArray()));
        });
    }

    [Fact]
    public async Task Merchants_do_not_share_order_numbers()
    {
        var (ours, theirs) = (await _merchant.OpenAsync(Trade(_orderNo)), await world.Foreign.OpenAsync(Trade(_orderNo)));

        Assert.Equal((201, 201), (ours.Status, theirs.Status));
        Assert.NotEqual(ours.TradeNo, theirs.TradeNo);
    }

    private static Task<MerchantAnswer> RepeatAsync(MerchantClient merchant, string body) => merchant.PostAsync(Trades, ApiWorld.New("key"), body);

    private async Task<IEnumerable<(string Kind, string Amount, string State)>> PaymentsAsync(string trade) =>
        (await _merchant.ReadAsync(trade)).Json["payments"]!.AsArray()
            .Select(payment => ((string)payment!["kind"]!, (string)payment["amount"]!, (string)payment["state"]!));
}
