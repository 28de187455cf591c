using PaymentEngine.Core;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Runtime.Submit;

/// <summary>What has to be known of merchants before a request may reach the desk.</summary>
public interface IMerchantDirectory
{
    /// <summary>Whose API key this is. Keys are kept as hashes; the caller's copy is not kept at all.</summary>
    Merchant? ByApiKey(ReadOnlySpan<byte> key);

    /// <summary>Whether the merchant has an account in this currency.</summary>
    bool Accepts(Merchant merchant, Currency currency);
}
