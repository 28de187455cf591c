using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Api;

/// <summary>What merchants send and wait for.</summary>
internal static class Requests
{
    public const string Trades = "/v1/trades";

    /// <summary>A purchase, without a payment unless a payer's account is given.</summary>
    public static string Trade(
        string orderNo,
        string? payerAccount = null,
        string amount = "88.00",
        string currency = "CNY",
        string payer = "member-7",
        string? payee = null,
        string? description = "Two tickets",
        int? expiresIn = null)
    {
        var trade = new JsonObject
        {
            ["merchant_order_no"] = orderNo,
            ["amount"] = amount,
            ["currency"] = currency,
            ["payer"] = payer,
        };
        Add("payee", payee);
        Add("description", description);
        Add("expires_in_s", expiresIn);
        Add("payment", payerAccount is null ? null : JsonNode.Parse(Payment(payerAccount)));
        return trade.ToJsonString();

        void Add(string field, JsonNode? value)
        {
            if (value is not null)
            {
                trade[field] = value;
            }
        }
    }

    public static string Payment(string payerAccount = Payers.Good, string method = "quick") =>
        $$"""{"method":"{{method}}","payer_account":"{{payerAccount}}"}""";

    /// <summary>Opens a trade under a key of its own; it must not be refused.</summary>
    public static async Task<MerchantAnswer> OpenAsync(this MerchantClient merchant, string body)
    {
        var answer = await merchant.PostAsync(Trades, ApiWorld.New("key"), body);
        Assert.True(answer.Status is 200 or 201, answer.ToString());
        return answer;
    }

    public static Task<MerchantAnswer> PayAsync(this MerchantClient merchant, string tradeNo, string body, string? key = null) =>
        merchant.PostAsync($"{Trades}/{tradeNo}/payments", key ?? ApiWorld.New("key"), body);

    public static Task<MerchantAnswer> RefundAsync(this MerchantClient merchant, string tradeNo, string? body = null, string? key = null) =>
        merchant.PostAsync($"{Trades}/{tradeNo}/refunds", key ?? ApiWorld.New("key"), body);

    public static Task<MerchantAnswer> CloseAsync(this MerchantClient merchant, string tradeNo, string? body = null, string? key = null) =>
        merchant.PostAsync($"{Trades}/{tradeNo}/close", key ?? ApiWorld.New("key"), body);

    public static Task<MerchantAnswer> ReadAsync(this MerchantClient merchant, string tradeNo, string query = "") =>
        merchant.GetAsync($"{Trades}/{tradeNo}{query}");

    public static Task<MerchantAnswer> FindAsync(this MerchantClient merchant, string orderNo) =>
        merchant.GetAsync($"{Trades}?merchant_order_no={orderNo}");

    /// <summary>Reads the trade until it is in this state.</summary>
    public static async Task<MerchantAnswer> BecomesAsync(this MerchantClient merchant, string tradeNo, string state)
    {
        MerchantAnswer? answer = null;
        await Eventually.BecomesTrueAsync(
            async () => (answer = await merchant.ReadAsync(tradeNo, "?expand=all")).State == state, $"{tradeNo} is {state}");
        return answer!;
    }

    /// <summary>Opens a trade with a payment and returns it when it is paid.</summary>
    public static async Task<MerchantAnswer> PaidAsync(this MerchantClient merchant, string body) =>
        await merchant.BecomesAsync((await merchant.OpenAsync(body)).TradeNo, "paid");

    /// <summary>A refusal, with everything that every refusal has.</summary>
    public static void IsRefused(this MerchantAnswer answer, int status, string code, bool retryable = false)
    {
        Assert.True((status, code) == (answer.Status, answer.Json["code"]?.ToString()), answer.ToString());
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Null(answer.Location);
        Assert.Equal($"https://payment-engine.dev/problems/{code}", (string)answer.Json["type"]!);
        Assert.Equal(status, (int)answer.Json["status"]!);
        Assert.Equal(retryable, (bool)answer.Json["retryable"]!);
        Assert.NotEmpty((string)answer.Json["title"]!);
        Assert.NotEmpty((string)answer.Json["detail"]!);
        Assert.Equal(answer.RequestId, (string)answer.Json["request_id"]!);
    }
}
