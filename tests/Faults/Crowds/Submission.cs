
namespace PaymentEngine.Tests.Faults;

/// <summary>A trade that a merchant submits, with its one key, for as long as there is no answer.</summary>
internal sealed class Submission(string orderNo, string payerAccount)
{
    public string OrderNo { get; } = orderNo;

    /// <summary>The first answer; null until one has been seen.</summary>
    public MerchantAnswer? Answer { get; set; }

    public Task<MerchantAnswer> SendAsync(MerchantClient merchant) => merchant.PostAsync(
        "/v1/trades",
        key: "key-" + OrderNo,
        $$"""{"merchant_order_no":"{{OrderNo}}","amount":"88.00","currency":"CNY","payer":"member-7","payment":{"method":"quick","payer_account":"{{payerAccount}}"} }""");
}
