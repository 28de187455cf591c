using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Core.Notifications;

/// <summary>What a merchant and we sign notifications with, as the Standard Webhooks specification has it. Never printed.</summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    public static WebhookSecret Parse(string text) =>
        TryParse(text, out var secret) ? secret : throw new FormatException($"a webhook secret is {Prefix} and a key in Base64");

    public static bool TryParse(string text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        var key = new byte[text.Length];
        secret = text.Length > Prefix.Length && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length)
            ? new WebhookSecret(key[..length])
            : null;
        return secret is not null;
    }

    /// <summary>256 bits of chance.</summary>
    public static WebhookSecret Make() => new(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));

    /// <summary>As it is handed to the merchant.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_key);

    /// <summary>The signature of one attempt: over its id, its moment and every byte of its body.</summary>
    public string Sign(string id, long timestampS, ReadOnlySpan<byte> body)
    {
        var head = $"{id}.{timestampS}.";
        var signed = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        var length = Encoding.ASCII.GetBytes(head, signed);
        body.CopyTo(signed.AsSpan(length));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed.AsSpan(0, length + body.Length), hash);
        ArrayPool<byte>.Shared.Return(signed);
        return Version + Convert.ToBase64String(hash);
    }
}
