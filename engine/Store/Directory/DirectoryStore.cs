using System.Collections.Frozen;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Store.Directory;

/// <summary>Reads the directory as one consistent snapshot.</summary>
public sealed class DirectoryStore(NpgsqlDataSource database, SecretBox secrets)
{
    public async Task<DirectorySnapshot> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var directory = new EngineDirectory(
            await ReadAsync(connection, "merchants", ReadMerchant, cancellation),
            await ReadAsync(connection, "channels", ReadChannel, cancellation),
            await ReadAsync(connection, "accounts", ReadAccount, cancellation),
            await ReadAsync(connection, "connections", ReadConnection, cancellation));
        var keys = await ReadAsync(
            connection,
            "api_keys",
            row => (Hash: Convert.ToHexString(row.GetFieldValue<byte[]>(0)), Merchant: row.GetInt32(1)),
            cancellation);
        return new DirectorySnapshot(directory, keys.ToFrozenDictionary(key => key.Hash, key => directory.Merchant(key.Merchant)));
    }

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get($"Directory/directory.{statement}"), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static Merchant ReadMerchant(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<RepeatMode>(row.GetString(3)),
        new FeeRule(
            row.GetInt32(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            row.IsDBNull(7) ? null : row.GetInt64(7)),
        row.GetBoolean(8));

    private static ChannelSettings ReadChannel(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt32(0),
        Code = row.GetString(1),
        Name = row.GetString(2),
        Adapter = row.GetString(3),
        Methods = [.. row.GetFieldValue<string[]>(4).Select(PaymentNames.ParseMethod)],
        Priority = row.GetInt32(5),
        Numbers = new NumberRule(
            row.GetString(6),
            Enum.Parse<DateStyle>(row.GetString(7)),
            Enum.Parse<NumberAlphabet>(row.GetString(8)),
            row.GetInt32(9),
            row.GetBoolean(10)),
        Idempotent = row.GetBoolean(11),
        SendWindow = row.GetTimeSpan(12),
        ResendSafetyDelay = row.GetTimeSpan(13),
        MaximumSends = row.GetInt32(14),
        Queries = new QueryPlan(
            row.GetTimeSpan(15),
            Enum.Parse<QueryStrategy>(row.GetString(16)),
            row.GetTimeSpan(17),
            row.GetTimeSpan(18),
            row.GetTimeSpan(19),
            row.GetTimeSpan(20),
            row.GetTimeSpan(21)),
        Enabled = row.GetBoolean(22),
        MaximumReroutes = row.GetInt32(23),
        ConnectionId = row.GetInt32(24),
    };

    private ChannelConnection ReadConnection(NpgsqlDataReader row)
    {
        var name = row.GetString(1);
        return new ChannelConnection(
            row.GetInt32(0),
            name,
            row.GetNullableString(2) is { } endpoint ? new Uri(endpoint) : null,
            row.IsDBNull(3) ? default(ReadOnlyMemory<byte>) : secrets.Open(row.GetFieldValue<byte[]>(3), NameOfSecret(name)),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6));
    }

    /// <summary>The name under which the secret of a line is sealed.</summary>
    public static string NameOfSecret(string connection) => $"connection/{connection}";

    private static Account ReadAccount(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        Enum.Parse<AccountKind>(row.GetString(2)),
        row.GetInt32(3),
        Currency.Parse(row.GetString(4)),
        row.GetFieldValue<long[]>(5));
}

/// <param name="ByKeyHash">Merchants by the SHA-256 of their API key, in hexadecimal.</param>
public sealed record DirectorySnapshot(EngineDirectory Directory, FrozenDictionary<string, Merchant> ByKeyHash);
