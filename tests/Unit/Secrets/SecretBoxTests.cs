using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Store.Secrets;
using Xunit;

namespace PaymentEngine.Tests.Unit.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("the bank's key");

    private readonly SecretBox _box = new(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));

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
