using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Store.Secrets;
using Xunit;

namespace PaymentEngine.Tests.Unit.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("the bank's key");

    private const string BeforeKeyIds = "01000102030405060708090A0B37D90A4D8632D257CD1E58ED386F1473FCA35672629CE192E50B728E987A";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
    private readonly SecretBox _box;

    public SecretBoxTests() => _box = new SecretBox(_key);

    [Fact]
    public void what_was_sealed_is_opened_again() => Assert.Equal(Secret, _box.Open(_box.Seal(Secret, "connection/acme"), "connection/acme"));

    [Fact]
    public void the_secret_does_not_stand_in_what_is_stored_and_never_looks_the_same()
    {
        var once = _box.Seal(Secret, "connection/acme");

        Assert.True(once.AsSpan().IndexOf(Secret) < 0);
        Assert.NotEqual(once, _box.Seal(Secret, "connection/acme"));
    }

    [Fact]
    public void a_row_cannot_pass_for_another() =>
        Assert.Throws<CryptographicException>(() => _box.Open(_box.Seal(Secret, "connection/acme"), "connection/other"));

    [Fact]
    public void another_key_opens_nothing() =>
        Assert.Throws<CryptographicException>(() => new SecretBox(new byte[SecretBox.KeyBytes]).Open(_box.Seal(Secret, "a"), "a"));

    [Fact]
    public void a_new_key_seals_while_the_old_one_still_opens()
    {
        var newKey = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
        var sealedBefore = new SecretBox(_key).Seal(Secret, "a");
        var both = new SecretBox(newKey, _key);

        Assert.Equal(Secret, both.Open(sealedBefore, "a"));
        Assert.False(sealedBefore.AsSpan().StartsWith(both.Head));
        var sealedAnew = both.Seal(Secret, "a");
        Assert.True(sealedAnew.AsSpan().StartsWith(both.Head));
        Assert.Equal(Secret, new SecretBox(newKey).Open(sealedAnew, "a"));
        Assert.Throws<CryptographicException>(() => new SecretBox(newKey).Open(sealedBefore, "a"));
    }

    [Fact]
    public void what_was_sealed_before_keys_had_ids_is_opened()
    {
        // Made once with the first form: 1, nonce, tag, text; under a key of zeros.
        var before = Convert.FromHexString(BeforeKeyIds);

        Assert.Equal(Secret, new SecretBox(_key, new byte[SecretBox.KeyBytes]).Open(before, "connection/acme"));
        Assert.Throws<CryptographicException>(() => _box.Open(before, "connection/acme"));
    }

    [Fact]
    public void a_changed_bit_is_noticed()
    {
        var stored = _box.Seal(Secret, "a");
        for (var i = 0; i < stored.Length; i++)
        {
            var damaged = stored.ToArray();
            damaged[i] ^= 1;
            Assert.Throws<CryptographicException>(() => _box.Open(damaged, "a"));
        }
    }

    [Fact]
    public void a_node_without_a_key_says_what_it_lacks() =>
        Assert.Contains("Engine:SecretKeyFile", Assert.Throws<CryptographicException>(() => SecretBox.WithoutKey.Open(_box.Seal(Secret, "a"), "a")).Message);
}
