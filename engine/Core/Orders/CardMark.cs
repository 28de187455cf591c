using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Core.Orders;

/// <summary>What stands for a payer's account where the account itself has no business: counters and memories.</summary>
public static class CardMark
{
    private const int Bytes = 16;

    public static string Of(string payerAccount)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(payerAccount), hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
