namespace PaymentEngine.Tests.Faults;

/// <summary>A trade that a merchant submits, with its one key, for as long as there is no answer.</summary>
internal sealed class Submission(string orderNo, string payerAccount = Payers.Good, string? notifyUrl = null)
{
    public string OrderNo { get; } = orderNo;

    public string PayerAccount { get; } = payerAccount;

    /// <summary>The first answer; null until one has been seen.</summary>
    public MerchantAnswer? Answer { get; set; }

    public Task<MerchantAnswer> SendAsync(MerchantClient merchant) => SendAsync(merchant, key: "key-" + OrderNo);

    /// <summary>As often as it takes.</summary>
    public Task<MerchantAnswer> SendAsync(PersistentClient merchant) => merchant.PostAsync("/v1/trades", "key-" + OrderNo, Body);

    /// <summary>The same order under a key of this request's own.</summary>
    public Task<MerchantAnswer> SendAsync(MerchantClient merchant, string key) => merchant.PostAsync("/v1/trades", key, Body);

    private string Body =>
        $$"""{"merchant_order_no":"{{OrderNo}}","amount":"88.00","currency":"CNY","payer":"member-7",{{(notifyUrl is null ? "" : $"\"notify_url\":\"{notifyUrl}\",")}}"payment":{"method":"quick","payer_account":"{{PayerAccount}}"} }""";
}
