using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Secrets;

/// <summary>No secret lies in the database as anybody could read it.</summary>
public sealed class SecretKeeperTests : IAsyncLifetime
{
    private const string Plain = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync("update channel_connection set secret = null");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task a_secret_that_stood_there_plain_is_sealed_and_stays_the_same()
    {
        await _database.ExecuteAsync("update merchant set webhook_secret = $1 where number = 'M1001'", Plain);

        await KeeperOf(_key).SealAsync(CancellationToken.None);

        Assert.Equal(Plain, await SecretAsync(_key));
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from merchant where webhook_secret is not null"));
        var row = await _database.ScalarAsync<string>("select encode(webhook_secret_sealed, 'escape') from merchant where number = 'M1001'");
        Assert.DoesNotContain("MfKQ", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_merchant_without_a_secret_gets_one_and_keeps_it_however_many_nodes_look()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => KeeperOf(_key).SealAsync(CancellationToken.None)));
        var made = await SecretAsync(_key);
        await KeeperOf(_key).SealAsync(CancellationToken.None);

        Assert.Equal(made, await SecretAsync(_key));
        Assert.Equal(32, Convert.FromBase64String(made!["whsec_".Length..]).Length);
    }

    [Fact]
    public async Task an_operator_replaces_a_secret_by_another_or_by_a_new_one()
    {
        await KeeperOf(_key).SealAsync(CancellationToken.None);
        await _database.ExecuteAsync("update merchant set webhook_secret = $1", Plain);
        await KeeperOf(_key).SealAsync(CancellationToken.None);
        Assert.Equal(Plain, await SecretAsync(_key));

        await _database.ExecuteAsync("update merchant set webhook_secret_sealed = null");
        await KeeperOf(_key).SealAsync(CancellationToken.None);
        Assert.NotEqual(Plain, await SecretAsync(_key));
    }

    [Theory]
    [InlineData("not a secret")]
    [InlineData("whsec_AAA")]
    public async Task what_no_engine_could_read_is_refused_by_the_database(string text) =>
        await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync("update merchant set webhook_secret = $1", text));

    [Fact]
    public async Task a_new_key_takes_over_everything_and_the_old_one_can_go()
    {
        var newKey = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
        await _database.ExecuteAsync("update merchant set webhook_secret = $1 where number = 'M1001'", Plain);
        await KeeperOf(_key).SealAsync(CancellationToken.None);
        await _database.ExecuteAsync(
            "update channel_connection set secret = $1 where name = 'simulator'",
            new SecretBox(_key).Seal("bank"u8, SecretKeeper.OfConnection("simulator")));

        await KeeperOf(newKey, _key).ResealAsync(CancellationToken.None);

        Assert.Equal(Plain, await SecretAsync(newKey));
        var connection = await _database.ScalarAsync<byte[]>("select secret from channel_connection where name = 'simulator'");
        Assert.Equal("bank", Encoding.UTF8.GetString(new SecretBox(newKey).Open(connection, SecretKeeper.OfConnection("simulator"))));
        await Assert.ThrowsAsync<CryptographicException>(() => SecretAsync(_key));
    }

    [Fact]
    public async Task one_secret_that_nobody_can_open_stops_no_start_and_a_wrong_key_does()
    {
        await _database.ExecuteAsync("insert into merchant (number, name) values ('M1002', 'Other')");
        await KeeperOf(_key).SealAsync(CancellationToken.None);
        await _database.ExecuteAsync("update merchant set webhook_secret_sealed = '\\x00' where number = 'M1002'");

        await KeeperOf(_key).ResealAsync(CancellationToken.None);
        await Assert.ThrowsAsync<CryptographicException>(
            () => KeeperOf(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes)).ResealAsync(CancellationToken.None));
    }

    [Fact]
    public async Task a_node_without_a_key_says_what_it_lacks() =>
        Assert.Contains(
            "Engine:SecretKeyFile",
            (await Assert.ThrowsAsync<CryptographicException>(() =>
                new SecretKeeper(_database.Sql, SecretBox.WithoutKey).SealAsync(CancellationToken.None))).Message,
            StringComparison.Ordinal);

    private SecretKeeper KeeperOf(params byte[][] keys) => new(_database.Sql, new SecretBox(keys));

    private async Task<string?> SecretAsync(byte[] key) => (await KeeperOf(key).FindAsync("M1001", CancellationToken.None))?.Reveal();
}
