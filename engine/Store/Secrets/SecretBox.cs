using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Store.Secrets;

/// <summary>
/// Keys of institutions and merchants as they lie in the database: AES-256-GCM under a key that is not in the database.
/// The name of the secret is sealed with it, so that a row cannot pass for another one. Which key it was stands in
/// front, so that one can follow another.
/// </summary>
public sealed class SecretBox
{
    public const int KeyBytes = 32;

    private const byte Version = 2;
    private const byte VersionWithoutKeyId = 1;
    private const int KeyIdBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Of a node that was given no key: whatever is sealed stays sealed.</summary>
    public static readonly SecretBox WithoutKey = new([]);

    private readonly SealingKey[] _keys;

    /// <param name="keys">The first seals, all of them open.</param>
    public SecretBox(params byte[][] keys) => _keys = Array.ConvertAll(keys, key => new SealingKey(key));

    /// <summary>What begins everything that is sealed as it would be now.</summary>
    public byte[] Head => [Version, .. Sealing.Id];

    public bool HasKey => _keys.Length > 0;

    private SealingKey Sealing => _keys is [var first, ..] ? first : throw KeyIsMissing();

    public byte[] Seal(ReadOnlySpan<byte> secret, string name)
    {
        var head = Head;
        var sealedBytes = new byte[head.Length + NonceBytes + TagBytes + secret.Length];
        head.CopyTo(sealedBytes, 0);
        var rest = sealedBytes.AsSpan(head.Length);
        RandomNumberGenerator.Fill(rest[..NonceBytes]);
        using var cipher = new AesGcm(Sealing.Key, TagBytes);
        cipher.Encrypt(
            rest[..NonceBytes], secret, rest[(NonceBytes + TagBytes)..], rest.Slice(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return sealedBytes;
    }

    /// <summary>Throws when the bytes were not sealed under one of our keys and this name.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string name)
    {
        if (_keys.Length == 0)
        {
            throw KeyIsMissing();
        }

        switch (sealedBytes)
        {
            case [Version, .. var rest] when rest.Length >= KeyIdBytes + NonceBytes + TagBytes:
                foreach (var key in _keys)
                {
                    if (rest.StartsWith(key.Id) && TryOpen(key, rest[KeyIdBytes..], name) is { } secret)
                    {
                        return secret;
                    }
                }

                break;
            case [VersionWithoutKeyId, .. var rest] when rest.Length >= NonceBytes + TagBytes:
                foreach (var key in _keys)
                {
                    if (TryOpen(key, rest, name) is { } secret)
                    {
                        return secret;
                    }
                }

                break;
            default:
                throw new CryptographicException($"the secret of {name} is not sealed in a form that is known");
        }

        throw new CryptographicException($"the secret of {name} was sealed under another key than those in Engine:SecretKeyFile, or under another name");
    }

    private static byte[]? TryOpen(SealingKey key, ReadOnlySpan<byte> rest, string name)
    {
        var secret = new byte[rest.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key.Key, TagBytes);
        try
        {
            cipher.Decrypt(
                rest[..NonceBytes], rest[(NonceBytes + TagBytes)..], rest.Slice(NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(name));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            // There is no other way to ask whether it was this key.
            return null;
        }
    }

    private static CryptographicException KeyIsMissing() => new("the database holds secrets and this node has no key: set Engine:SecretKeyFile");

    private sealed class SealingKey(byte[] key)
    {
        public byte[] Key { get; } = key.Length == KeyBytes ? key : throw new ArgumentException($"a key has {KeyBytes} bytes, not {key.Length}");

        /// <summary>Tells keys apart and says nothing about them.</summary>
        public byte[] Id { get; } = SHA256.HashData(key)[..KeyIdBytes];
    }
}
