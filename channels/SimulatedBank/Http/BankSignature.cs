using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// HMAC-SHA256 in lower-case hex over four lines (what, where, Unix seconds, nonce) and the raw body. A request says its
/// method and path; an answer says ANSWER, the request's path and the request's nonce; a callback says CALLBACK and the channel.
/// </summary>
internal static class BankSignature
{
    public const string TimestampHeader = "bank-timestamp";

    public const string NonceHeader = "bank-nonce";

    public const string SignatureHeader = "bank-signature";

    public const int ToleranceSeconds = 300;

    public static string Of(ReadOnlySpan<byte> secret, string what, string where, long timestamp, string nonce, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{what}\n{where}\n{timestamp}\n{nonce}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static bool IsFresh(string? timestamp, DateTimeOffset now, out long seconds) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= ToleranceSeconds;

    public static bool AreEqual(string? given, string expected) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
