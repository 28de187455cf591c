using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// The institution's scheme, from its handbook: HMAC-SHA256 in lower-case hex over what, where, Unix seconds, nonce and
/// the raw body. Written apart from the institution's own code, so that each proves the other.
/// </summary>
internal static class SimulatorSignature
{
    public const string TimestampHeader = "bank-timestamp";

    public const string NonceHeader = "bank-nonce";

    public const string SignatureHeader = "bank-signature";

    public const string Answer = "ANSWER";

    public const string Callback = "CALLBACK";

    /// <summary>Signatures that begin so only test whether they are checked.</summary>
    public const string Probe = "SIGNTEST/";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static string Of(ReadOnlySpan<byte> secret, string what, string where, string timestamp, string nonce, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{what}\n{where}\n{timestamp}\n{nonce}\n");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed));
    }

    /// <summary>Null when the signature is the institution's and fresh; else what is wrong.</summary>
    public static string? Fault(
        ReadOnlySpan<byte> secret, string what, string where, in SignatureHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (headers is not { Timestamp: { } timestamp, Nonce: { } nonce, Signature: { } signature })
        {
            return "unsigned";
        }

        if (signature.StartsWith(Probe, StringComparison.Ordinal))
        {
            return "a probe";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return "signed at another time";
        }

        var expected = Of(secret, what, where, timestamp, nonce, body);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(expected))
            ? null
            : "badly signed";
    }
}

internal readonly record struct SignatureHeaders(string? Timestamp, string? Nonce, string? Signature);
