using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Store.Secrets;

/// <summary>
/// Keys of institutions and merchants as they lie in the database: AES-256-GCM under a key that is not in the database.
/// The name of the secret is sealed with it, so that a row cannot pass for another one.
/// </summary>
public sealed class SecretBox
{
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = 1 + NonceBytes + TagBytes;

    /// <summary>Of a node that was given no key: whatever is sealed stays sealed.</summary>
    public static readonly SecretBox WithoutKey = new(null);

    private readonly byte[]? _key;

    public SecretBox(ReadOnlySpan<byte> key) : this(
        key.Length == KeyBytes ? key.ToArray() : throw new ArgumentException($"a key has {KeyBytes} bytes, not {key.Length}", nameof(key)))
    {
    }

    private SecretBox(byte[]? key) => _key = key;

    private byte[] Key => _key ?? throw new CryptographicException("the database holds secrets and this node has no key: set Engine:SecretKeyFile");

    public byte[] Seal(ReadOnlySpan<byte> secret, string name)
    {
        var sealedBytes = new byte[Overhead + secret.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Key, TagBytes);
        cipher.Encrypt(nonce, secret, sealedBytes.AsSpan(Overhead), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return sealedBytes;
    }

    /// <summary>Throws when the bytes were not sealed under this key and this name.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string name)
    {
        if (sealedBytes.Length < Overhead || sealedBytes[0] != Version)
        {
            throw new CryptographicException($"the secret of {name} is not sealed in a form that is known");
        }

        var secret = new byte[sealedBytes.Length - Overhead];
        using var cipher = new AesGcm(Key, TagBytes);
        try
        {
            cipher.Decrypt(
                sealedBytes.Slice(1, NonceBytes), sealedBytes[Overhead..], sealedBytes.Slice(1 + NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(name));
        }
        catch (AuthenticationTagMismatchException other)
        {
            throw new CryptographicException($"the secret of {name} was sealed under another key than the one in Engine:SecretKeyFile", other);
        }

        return secret;
    }
}
