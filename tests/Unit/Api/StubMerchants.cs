using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>Two merchants with accounts in CNY and JPY, one of them not active.</summary>
internal sealed class StubMerchants : IMerchantDirectory
{
    public const string Key = "key-of-7";
    public const string InactiveKey = "key-of-8";

    public Merchant? ByApiKey(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("key-of-7"u8) ? ApiOrders.Merchant
        : key.SequenceEqual("key-of-8"u8) ? ApiOrders.Merchant with { Id = 8, Active = false }
        : null;

    public bool Accepts(Merchant merchant, Currency currency) => currency.Code is "CNY" or "JPY";
}
