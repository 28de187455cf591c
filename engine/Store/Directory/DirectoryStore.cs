using System.Collections.Frozen;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Store.Codes;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Store.Directory;

/// <summary>Reads the directory as one consistent snapshot.</summary>
public sealed class DirectoryStore(NpgsqlDataSource database, BusinessCalendar calendar, SecretBox secrets)
{
    public async Task<DirectorySnapshot> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var plans = (await ReadAsync(connection, "query_plans", ReadPlan, cancellation)).ToLookup(row => row.Channel, row => row.Entry);
        var origins = (await ReadAsync(connection, "notify_origins", ReadOrigin, cancellation)).ToLookup(o => o.Merchant, o => o.Origin);
        var directory = new EngineDirectory(
            await ReadAsync(connection, "merchants", row => ReadMerchant(row, origins), cancellation),
            await ReadAsync(connection, "channels", row => ReadChannel(row, plans), cancellation),
            await ReadAsync(connection, "accounts", ReadAccount, cancellation),
            await ReadAsync(connection, "connections", ReadConnection, cancellation));
        var keys = await ReadAsync(
            connection,
            "api_keys",
            row => (Hash: Convert.ToHexString(row.GetFieldValue<byte[]>(0)), Merchant: row.GetInt32(1)),
            cancellation);
        var operators = await ReadAsync(
            connection,
            "ops_keys",
            row => (Hash: Convert.ToHexString(row.GetFieldValue<byte[]>(0)), Operator: new Operator(row.GetString(1), ReadRoles(row.GetFieldValue<string[]>(2)))),
            cancellation);
        var codes = new ResultCodeTable(
            await ReadFromAsync(connection, "Codes/result_code.all", ResultCodeStore.ReadCode, cancellation),
            await ReadFromAsync(connection, "Codes/result_code.messages", ResultCodeStore.ReadMessage, cancellation));
        return new DirectorySnapshot(
            directory,
            keys.ToFrozenDictionary(key => key.Hash, key => directory.Merchant(key.Merchant)),
            operators.ToFrozenDictionary(key => key.Hash, key => key.Operator),
            codes);
    }

    private static Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation) =>
        ReadFromAsync(connection, $"Directory/directory.{statement}", read, cancellation);

    private static async Task<List<T>> ReadFromAsync<T>(
        NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get(statement), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static OperatorRoles ReadRoles(string[] names) =>
        names.Aggregate(OperatorRoles.None, (roles, name) => roles | Enum.Parse<OperatorRoles>(name, ignoreCase: true));

    private static (int Merchant, NotifyOrigin Origin) ReadOrigin(NpgsqlDataReader row) => (
        row.GetInt32(0),
        new NotifyOrigin(row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetBoolean(4)));

    private Merchant ReadMerchant(NpgsqlDataReader row, ILookup<int, NotifyOrigin> origins) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<RepeatMode>(row.GetString(3)),
        new FeeRule(
            row.GetInt32(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            row.IsDBNull(7) ? null : row.GetInt64(7)),
        row.GetBoolean(8))
    {
        NotifyOrigins = [.. origins[row.GetInt32(0)]],
        // Null for seconds: until it is sealed.
        WebhookSecret = row.IsDBNull(9) ? null : SecretKeeper.Open(secrets, row.GetFieldValue<byte[]>(9), row.GetString(1)),
    };

    private static ChannelSettings ReadChannel(
        NpgsqlDataReader row, ILookup<int, (PaymentMethod? Method, PaymentKind Kind, QueryPlan Plan)> plans) => new()
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
        Queries = new QueryPlans(plans[row.GetInt32(0)]),
        Enabled = row.GetBoolean(15),
        MaximumReroutes = row.GetInt32(16),
        ConnectionId = row.GetInt32(17),
        Application = row.GetString(18),
    };

    private ChannelConnection ReadConnection(NpgsqlDataReader row)
    {
        var name = row.GetString(1);
        return new ChannelConnection(
            row.GetInt32(0),
            name,
            row.GetNullableString(2) is { } endpoint ? new Uri(endpoint) : null,
            row.IsDBNull(3) ? default(ReadOnlyMemory<byte>) : secrets.Open(row.GetFieldValue<byte[]>(3), SecretKeeper.OfConnection(name)),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6));
    }

    private (int Channel, (PaymentMethod? Method, PaymentKind Kind, QueryPlan Plan) Entry) ReadPlan(NpgsqlDataReader row)
    {
        var method = row.GetString(1);
        var plan = new QueryPlan(
            row.GetTimeSpan(3),
            Enum.Parse<QueryStrategy>(row.GetString(4)),
            row.GetTimeSpan(5),
            row.GetTimeSpan(6),
            row.GetTimeSpan(7),
            row.GetTimeSpan(8),
            row.GetTimeSpan(9))
        {
            Hours = row.IsDBNull(10) ? null : new AnswerHours(row.GetFieldValue<TimeOnly>(10), row.GetFieldValue<TimeOnly>(11), calendar),
            LastRound = row.IsDBNull(12) ? null : new NextDayRound(row.GetFieldValue<TimeOnly>(12), calendar),
        };
        return (row.GetInt32(0), (method.Length == 0 ? null : PaymentNames.ParseMethod(method), PaymentNames.ParseKind(row.GetString(2)), plan));
    }

    private static Account ReadAccount(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        Enum.Parse<AccountKind>(row.GetString(2)),
        row.GetInt32(3),
        Currency.Parse(row.GetString(4)),
        row.GetFieldValue<long[]>(5));
}

/// <param name="ByKeyHash">Merchants by the SHA-256 of their API key, in hexadecimal.</param>
/// <param name="OperatorByKeyHash">People and programs of operations, likewise.</param>
public sealed record DirectorySnapshot(
    EngineDirectory Directory,
    FrozenDictionary<string, Merchant> ByKeyHash,
    FrozenDictionary<string, Operator> OperatorByKeyHash,
    ResultCodeTable Codes);
