using PaymentEngine.Api.Problems;
using static PaymentEngine.Tests.Api.Requests;

namespace PaymentEngine.Tests.Api;

/// <summary>Every problem that a merchant can run into, with the status and the word on retrying that the table gives it.</summary>
public sealed class ProblemTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string NoSuchTrade = $"{Trades}/T202001010000000001";

    /// <summary>What it takes something broken to see: the database (tests/Faults), a bug, a client that is not one of HTTP (TroublesomeClientTests).</summary>
    private static readonly string[] Elsewhere = ["unavailable", "internal_error", "malformed_request", "request_timeout"];

    private static readonly Dictionary<string, Func<ApiWorld, Task<MerchantAnswer>>> Provoked = new()
    {
        ["malformed_request_id"] = world => world.Merchant.GetAsync(NoSuchTrade, ("X-Request-Id", "two words")),
        ["idempotency_key_missing"] = world => world.Merchant.PostAsync(Trades, key: null, Trade("A")),
        ["idempotency_key_malformed"] = world => world.Merchant.PostAsync(Trades, "two words", Trade("A")),
        ["invalid_utf8"] = world => world.Merchant.SendAsync(HttpMethod.Post, Trades, MerchantClient.Json([0xff]), ("Idempotency-Key", "key")),
        ["malformed_json"] = world => world.Merchant.PostAsync(Trades, "key", "{"),
        ["invalid_request"] = world => world.Merchant.PostAsync(Trades, "key", "{}"),
        ["unauthorized"] = world => world.WithoutKey.GetAsync(NoSuchTrade),
        ["merchant_inactive"] = world => world.Inactive.PostAsync(Trades, "key", Trade("A")),
        ["not_found"] = world => world.Merchant.GetAsync("/v1/nothing"),
        ["trade_not_found"] = world => world.Merchant.GetAsync(NoSuchTrade),
        ["method_not_allowed"] = world => world.Merchant.SendAsync(HttpMethod.Put, Trades, content: null),
        ["body_too_large"] = world => world.Merchant.PostAsync(Trades, "key", new string(' ', 65_537)),
        ["unsupported_media_type"] = world => world.Merchant.SendAsync(HttpMethod.Post, Trades, new StringContent("x"), ("Idempotency-Key", "key")),
        ["idempotency_key_reused"] = async world =>
        {
            var key = ApiWorld.New("key");
            await world.Merchant.PostAsync(Trades, key, Trade(ApiWorld.New("A")));
            return await world.Merchant.PostAsync(Trades, key, Trade(ApiWorld.New("A")));
        },
        ["idempotency_answer_gone"] = async world =>
        {
            var (key, body) = (ApiWorld.New("key"), Trade(ApiWorld.New("A")));
            var trade = (await world.Merchant.PostAsync(Trades, key, body)).TradeNo;
            await world.Database.ExecuteAsync(
                "update order_step set answer_status = null, answer_location = null, answer_body = null where trade_id = $1", ApiWorld.IdOf(trade));
            return await world.Merchant.PostAsync(Trades, key, body);
        },
        ["merchant_order_no_taken"] = async world =>
        {
            var body = Trade(ApiWorld.New("A"));
            await world.Strict.OpenAsync(body);
            return await world.Strict.PostAsync(Trades, ApiWorld.New("key"), body);
        },
        ["currency_changed"] = async world =>
        {
            var orderNo = ApiWorld.New("A");
            await world.Merchant.OpenAsync(Trade(orderNo));
            return await world.Merchant.PostAsync(Trades, ApiWorld.New("key"), Trade(orderNo, currency: "USD"));
        },
        ["trade_already_paid"] = async world =>
            await world.Merchant.PayAsync((await world.Merchant.PaidAsync(Trade(ApiWorld.New("A"), Payers.Good))).TradeNo, Payment()),
        ["trade_closed"] = async world =>
        {
            var trade = (await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
            await world.Merchant.CloseAsync(trade);
            return await world.Merchant.PayAsync(trade, Payment());
        },
        ["trade_expired"] = async world =>
        {
            var trade = (await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
            await world.Database.ExecuteAsync("update trade_order set expires_at = now() - interval '1 minute' where id = $1", ApiWorld.IdOf(trade));
            return await world.Merchant.PayAsync(trade, Payment());
        },
        ["too_many_payments"] = async world =>
        {
            var trade = (await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
            MerchantAnswer answer;
            do
            {
                answer = await world.Merchant.PayAsync(trade, Payment(Payers.Stuck, "online_banking"));
            }
            while (answer.Status == 201);

            return answer;
        },
        ["payment_in_progress"] = async world =>
            await world.Merchant.PayAsync((await world.Merchant.OpenAsync(Trade(ApiWorld.New("A"), Payers.Stuck))).TradeNo, Payment()),
        ["trade_not_paid"] = async world => await world.Merchant.RefundAsync((await world.Merchant.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo),
        ["refund_exceeds_paid"] = async world => await world.Merchant.RefundAsync(await PaidAsync(world.Merchant), Part("88.01")),
        ["refund_currency_differs"] = async world => await world.Merchant.RefundAsync(await PaidAsync(world.Merchant), Part("1.00", "USD")),
        ["insufficient_merchant_balance"] = async world =>
            await world.Foreign.RefundAsync(await PaidAsync(world.Foreign, "100000.00"), Part("99999.99")),
        ["merchant_account_not_open"] = async world =>
        {
            var trade = await PaidAsync(world.Foreign);
            await Merchants.SetAccountStatusAsync(world.Database, "M3001", "Frozen");
            var answer = await world.Foreign.RefundAsync(trade);
            await Merchants.SetAccountStatusAsync(world.Database, "M3001", "Open");
            return answer;
        },
        ["refunds_not_enabled"] = async world =>
        {
            var trade = await PaidAsync(world.Merchant, currency: "USD");
            await world.Database.ExecuteAsync("update account set owner_id = 99 where kind = 'Transit' and currency = 'USD'");
            var without = world.Client("key-M1001", await world.StartAsync());
            await world.Database.ExecuteAsync("update account set owner_id = 0 where kind = 'Transit' and currency = 'USD'");
            return await without.RefundAsync(trade);
        },
        ["too_many_refunds"] = async world =>
        {
            var trade = await PaidAsync(world.Merchant);
            MerchantAnswer answer;
            do
            {
                answer = await world.Merchant.RefundAsync(trade, Part("0.01"));
            }
            while (answer.Status is 201 or 503);

            return answer;
        },
        ["merchant_refund_no_taken"] = async world =>
        {
            var body = $$"""{"merchant_refund_no":"{{ApiWorld.New("R")}}"}""";
            await world.Merchant.RefundAsync(await PaidAsync(world.Merchant), body);
            return await world.Merchant.RefundAsync(await PaidAsync(world.Merchant), body);
        },
        ["overloaded"] = async world =>
        {
            var small = world.Client("key-M1001", await world.StartAsync(("Engine:MaximumInFlight", "1")));
            var trade = (await small.OpenAsync(Trade(ApiWorld.New("A")))).TradeNo;
            await small.PayAsync(trade, Payment(Payers.TimeoutExecuted, "online_banking"));
            Assert.Equal(503, (await small.GetAsync("/health/ready")).Status);
            return await small.PostAsync(Trades, ApiWorld.New("key"), Trade(ApiWorld.New("A")));
        },
    };

    private static async Task<string> PaidAsync(MerchantClient merchant, string amount = "88.00", string currency = "CNY") =>
        (await merchant.PaidAsync(Trade(ApiWorld.New("A"), Payers.Good, amount, currency))).TradeNo;

    private static string Part(string value, string currency = "CNY") => $$$"""{"amount":{"value":"{{{value}}}","currency":"{{{currency}}}"}}""";

    public static TheoryData<string> Codes => [.. ProblemCodes.All.Select(problem => problem.Code).Except(Elsewhere)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_problem_is_answered_as_the_table_says(string code)
    {
        var expected = ProblemCodes.Of(code);

        var answer = await Provoked[code](world);

        answer.IsRefused(expected.Status, code, expected.Retryable);
        Assert.Equal(expected.Title, (string)answer.Json["title"]!);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("GET", "/v1/", 404)]
    [InlineData("POST", "/v1/trades/T202001010000000001", 405)]
    [InlineData("DELETE", "/v1/trades/T202001010000000001", 405)]
    [InlineData("GET", "/v1/trades/T202001010000000001/payments", 405)]
    [InlineData("GET", "/v1/trades/T202001010000000001/close", 405)]
    [InlineData("GET", "/v1/trades/T202001010000000001/refunds", 405)]
    [InlineData("OPTIONS", "/v1/trades", 405)]
    [InlineData("GET", "/v1/trades/T202001010000000001/more", 404)]
    [InlineData("TRACE", "/v1/trades", 405)]
    public async Task Paths_and_methods_that_lead_nowhere_say_so(string method, string path, int status) =>
        Assert.Equal(status, (await world.Merchant.SendAsync(new HttpMethod(method), path, content: null)).Status);

    [Theory]
    [InlineData("DELETE", "/ops/v1/reroutes")]
    [InlineData("GET", "/ops/v1/reroutes/1/approve")]
    [InlineData("GET", "/ops/v1/trades/T202001010000000001/reroutes")]
    [InlineData("GET", "/ops/v1/trades/T202001010000000001/institution-orders/1/query")]
    [InlineData("POST", "/ops/v1/channels")]
    [InlineData("PUT", "/ops/v1/channels/sim-card/limits")]
    [InlineData("POST", "/ops/v1/result-codes")]
    [InlineData("GET", "/ops/v1/alerts/1/acknowledge")]
    [InlineData("POST", "/ops/v1/reserves")]
    public async Task A_path_of_operations_says_what_it_is_not_for(string method, string path) =>
        (await world.Operations.SendAsync(new HttpMethod(method), path, content: null)).IsRefused(405, "method_not_allowed");
}
