using System.Text.Json.Nodes;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>A payment as a merchant sees it go by, from the first answer to its end.</summary>
public sealed class JourneyTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private readonly MerchantClient _merchant = world.Merchant;
    private readonly string _orderNo = ApiWorld.New("A");

    [Fact]
    public async Task The_first_answer_tells_the_trade_and_its_payment()
    {
        var answer = await _merchant.PostAsync(
            Trades, ApiWorld.New("key"), Trade(_orderNo, Payers.Good, payee: "shop-3", description: "两张票 🎫", expiresIn: 60), ("X-Request-Id", "r-1"));

        var trade = answer.Json;
        Assert.Equal((201, $"/v1/trades/{answer.TradeNo}"), (answer.Status, answer.Location));
        Assert.Matches("^T[0-9]{18,}$", answer.TradeNo);
        Assert.Equal(
            (_orderNo, "paying", "88.00", "CNY", "member-7", "shop-3", "两张票 🎫", null, "r-1"),
            (Text("merchant_order_no"), Text("state"), Text("amount"), Text("currency"), Text("payer"), Text("payee"), Text("description"), Text("paid_at"), Text("request_id")));
        Assert.Equal(TimeSpan.FromSeconds(60), Moment(trade, "expires_at") - Moment(trade, "created_at"));
        Assert.Equal(
            ["trade_no", "merchant_order_no", "state", "amount", "currency", "payer", "payee", "description", "notify_url", "created_at", "expires_at", "paid_at", "request_id", "payments"],
            trade.AsObject().Select(field => field.Key));

        var payment = Assert.Single(trade["payments"]!.AsArray())!;
        Assert.Equal(["payment_no", "kind", "state", "amount", "method", "created_at", "failure", "failure_message", "refund"], payment.AsObject().Select(field => field.Key));
        Assert.Equal(("processing", "88.00", "quick", null), (Of(payment, "state"), Of(payment, "amount"), Of(payment, "method"), Of(payment, "failure")));

        string? Text(string field) => Of(trade, field);
    }

    [Fact]
    [Trait("Rule", "O1")]
    public async Task The_journey_shows_the_four_levels_of_a_paid_trade()
    {
        var paid = (await _merchant.PaidAsync(Trade(_orderNo, Payers.Good))).Json;

        var payment = Assert.Single(paid["payments"]!.AsArray())!;
        var instruction = Assert.Single(payment["instructions"]!.AsArray())!;
        var order = Assert.Single(instruction["institution_orders"]!.AsArray())!;
        Assert.Equal(["succeeded", "succeeded", "succeeded"], new[] { payment, instruction, order }.Select(level => Of(level, "state")));
        Assert.Matches("^P[0-9]{18,}$", Of(payment, "payment_no"));
        Assert.Matches("^I[0-9]{18,}$", Of(instruction, "instruction_no"));
        Assert.Matches("^O[0-9]{18,}$", Of(order, "order_no"));
        Assert.Matches("^101[0-9]{21}$", Of(order, "number"));
        Assert.Equal(("sim-card", "88.00", "SUCCESS", 1, 0), (Of(order, "channel"), Of(order, "amount"), Of(order, "code"), (int)order["sends"]!, (int)order["queries"]!));
        Assert.NotEmpty(Of(order, "institution_ref")!);
        Assert.True(Moment(paid, "paid_at") >= Moment(paid, "created_at"));
        Assert.Empty(paid["timers"]!.AsArray());
    }

    [Fact]
    [Trait("Rule", "O1")]
    public async Task The_journey_shows_every_transition_in_its_order()
    {
        var paid = (await _merchant.PaidAsync(Trade(_orderNo, Payers.Good))).Json;

        var steps = paid["transitions"]!.AsArray();
        Assert.Equal(
            [
                "trade: initial → awaiting_payment, M1001",
                "trade: awaiting_payment → paying, M1001",
                "payment: initial → processing, M1001",
                "instruction: initial → processing, M1001",
                "institution_order: initial → sending, M1001",
                "institution_order: sending → succeeded, channel",
                "instruction: processing → succeeded, channel",
                "payment: processing → succeeded, channel",
                "trade: paying → paid, channel",
            ],
            steps.Select(step => $"{Of(step!, "level")}: {Of(step!, "from")} → {Of(step!, "to")}, {Of(step!, "actor")}"));
        Assert.Equal(steps.Select(step => Moment(step!, "at")).Order(), steps.Select(step => Moment(step!, "at")));
    }

    [Fact]
    [Trait("Rule", "A2")]
    [Trait("Rule", "A3")]
    public async Task The_journey_shows_the_ledger_entries_which_balance()
    {
        var paid = (await _merchant.PaidAsync(Trade(_orderNo, Payers.Good))).Json;

        var entries = paid["entries"]!.AsArray();
        Assert.Equal(
            [("debit", "receivable from channel", 88.00m), ("credit", "merchant balance", 87.47m), ("credit", "fee income", 0.53m)],
            entries.Select(entry => (Of(entry!, "side")!, Of(entry!, "account_name")!, Amount(entry!, "amount"))));
        Assert.All(entries, entry =>
        {
            var change = Of(entry!, "side") == "credit" ? Amount(entry!, "amount") : -Amount(entry!, "amount");
            Assert.Equal(Amount(entry!, "closing"), Amount(entry!, "opening") + change);
            Assert.True((long)entry!["seq"]! > 0);
            Assert.Equal("payment", Of(entry!, "posting"));
            Assert.True(DateOnly.TryParse(Of(entry!, "posting_date"), out _));
        });
    }

    [Fact]
    public async Task The_journey_shows_what_will_happen_next()
    {
        var waiting = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        var expiry = Assert.Single((await _merchant.ReadAsync(waiting, "?expand=all")).Json["timers"]!.AsArray())!;
        Assert.Equal(("expiry", waiting), (Of(expiry, "kind"), Of(expiry, "number")));

        await _merchant.PayAsync(waiting, Payment(Payers.Stuck, "online_banking"));

        var paying = (await _merchant.ReadAsync(waiting, "?expand=all")).Json;
        var query = Assert.Single(paying["timers"]!.AsArray())!;
        var order = paying["payments"]![0]!["instructions"]![0]!["institution_orders"]![0]!;
        Assert.Equal(("query", Of(order, "order_no")), (Of(query, "kind"), Of(query, "number")));
        Assert.True(Moment(query, "due_at") > Moment(paying, "created_at").AddMinutes(30));
    }

    [Theory]
    [Trait("Rule", "C13")]
    [InlineData(Payers.Garbage, 1)]
    [InlineData(Payers.Accept, 1)]
    [InlineData(Payers.TimeoutExecuted, 1)]
    [InlineData(Payers.TimeoutLost, 2)]
    [InlineData(Payers.NotSentOnce, 2)]
    public async Task Whatever_the_institution_does_to_its_answer_the_trade_is_paid_by_one_order(string payer, int sends)
    {
        var paid = (await _merchant.PaidAsync(Trade(_orderNo, payer))).Json;

        var order = Assert.Single(paid["payments"]![0]!["instructions"]![0]!["institution_orders"]!.AsArray())!;
        Assert.Equal(("succeeded", sends), (Of(order, "state"), (int)order["sends"]!));
    }

    [Fact]
    public async Task A_payment_that_was_declined_says_why_and_another_may_follow()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo, Payers.Decline))).TradeNo;
        var declined = (await _merchant.BecomesAsync(trade, "awaiting_payment")).Json;
        Assert.Equal(("failed", "insufficient_funds"), (Of(declined["payments"]![0]!, "state"), Of(declined["payments"]![0]!, "failure")));
        Assert.Empty(declined["entries"]!.AsArray());

        var again = await _merchant.PayAsync(trade, Payment(method: "wallet"));

        Assert.Equal((201, $"/v1/trades/{trade}", "paying"), (again.Status, again.Location, again.State));
        var paid = (await _merchant.BecomesAsync(trade, "paid")).Json;
        Assert.Equal(["failed", "succeeded"], paid["payments"]!.AsArray().Select(payment => Of(payment!, "state")));
    }

    [Theory]
    [InlineData("quick", "sim-card")]
    [InlineData("online_banking", "sim-bank")]
    [InlineData("wallet", "sim-wallet")]
    public async Task Every_method_has_its_channel(string method, string channel)
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo))).TradeNo;
        await _merchant.PayAsync(trade, Payment(method: method));

        var paid = (await _merchant.BecomesAsync(trade, "paid")).Json;
        Assert.Equal(channel, Of(paid["payments"]![0]!["instructions"]![0]!["institution_orders"]![0]!, "channel"));
    }

    [Fact]
    [Trait("Rule", "O12")]
    public async Task Money_that_the_ledger_refuses_waits_for_its_posting_and_is_not_told_as_failed()
    {
        await Merchants.SetAccountStatusAsync(world.Database, "M1001", "Frozen");
        var trade = (await _merchant.OpenAsync(Trade(_orderNo, Payers.Good))).TradeNo;

        await Eventually.BecomesTrueAsync(
            async () => Of((await _merchant.ReadAsync(trade)).Json["payments"]![0]!, "state") == "awaiting_posting", "the posting waits");

        var waiting = (await _merchant.ReadAsync(trade, "?expand=all")).Json;
        Assert.Equal("paying", Of(waiting, "state"));
        Assert.Equal(["posting"], waiting["timers"]!.AsArray().Select(timer => Of(timer!, "kind")));
        Assert.Empty(waiting["entries"]!.AsArray());
        await Merchants.SetAccountStatusAsync(world.Database, "M1001", "Open");
    }

    [Fact]
    public async Task The_largest_amount_is_paid_and_booked()
    {
        var trade = (await _merchant.OpenAsync(Trade(_orderNo, Payers.Good, amount: "10000000000.00"))).TradeNo;

        Assert.Equal("10000000000.00", Of((await _merchant.BecomesAsync(trade, "paid")).Json, "amount"));
    }

    private static string? Of(JsonNode node, string field) => (string?)node[field];

    private static decimal Amount(JsonNode node, string field) => decimal.Parse((string)node[field]!);

    private static DateTimeOffset Moment(JsonNode node, string field)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)node[field]!);
        return DateTimeOffset.Parse((string)node[field]!);
    }
}
