using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Codes;

/// <summary>What operations have said about codes, and the orders that wait for what they have not said yet.</summary>
public sealed class ResultCodeStore(NpgsqlDataSource database)
{
    private const int AtOnce = 1_000;

    public async Task<IReadOnlyList<StoredCode>> ListAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Codes/result_code.list"));
        return await ReadAsync(command, cancellation);
    }

    public async Task<IReadOnlyList<UnmappedRecord>> UnmappedAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Codes/result_code.unmapped"));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<UnmappedRecord>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(new UnmappedRecord(
                rows.GetString(0),
                Enum.Parse<ChannelInterface>(rows.GetString(1)),
                rows.GetString(2),
                rows.GetString(3),
                rows.GetMoment(4),
                rows.GetMoment(5),
                rows.GetInt64(6),
                rows.GetString(7),
                rows.GetInt64(8)));
        }

        return all;
    }

    /// <summary>
    /// Says what a code means. The orders that wait for it are woken in the same transaction; when they are very many,
    /// the rest of them follows in transactions of its own.
    /// </summary>
    public async Task<StoredCode> MapAsync(MappedCode code, IReadOnlyList<PayerMessage> messages, string actor, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(
            connection, "result_code.map", cancellation,
            code.ChannelId, code.AnsweredBy.StoredName(), code.Code, code.SubCode, code.Meaning.Outcome.ToString(),
            code.Meaning.UnifiedCode, code.Meaning.CountsAgainstHealth, actor);
        await RunAsync(
            connection, "result_code.tell", cancellation,
            code.Meaning.UnifiedCode, messages.Select(m => m.Language).ToArray(), messages.Select(m => m.Text).ToArray(), actor);
        await WakeSomeAsync(connection, cancellation);
        await RunAsync(connection, "result_code.settle", cancellation, code.ChannelId, code.AnsweredBy.StoredName(), code.Code, code.SubCode, actor);
        await using var read = Command(
            connection, Sql.Get("Codes/result_code.one"), code.ChannelId, code.AnsweredBy.StoredName(), code.Code, code.SubCode);
        var stored = (await ReadAsync(read, cancellation)).Single();
        Failpoints.Pass(Failpoint.BeforeCodeMapped);
        await transaction.CommitAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterCodeMapped);
        return stored;
    }

    /// <summary>
    /// Has every order asked about that waits for a code that has been mapped. Asked again and again: an order whose
    /// node had not heard of the mapping yet may begin to wait after it.
    /// </summary>
    public async Task WakeAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var some = AtOnce;
        while (some == AtOnce)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            some = await WakeSomeAsync(connection, cancellation);
            Failpoints.Pass(Failpoint.BeforeCodeWake);
            await transaction.CommitAsync(cancellation);
            Failpoints.Pass(Failpoint.AfterCodeWake);
        }
    }

    internal static MappedCode ReadCode(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        Enum.Parse<ChannelInterface>(row.GetString(1)),
        row.GetString(2),
        row.GetString(3),
        new CodeMeaning(Enum.Parse<CodeOutcome>(row.GetString(4)), row.GetString(5), row.GetBoolean(6)));

    internal static PayerMessage ReadMessage(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2));

    private static async Task<List<StoredCode>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<StoredCode>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(new StoredCode(ReadCode(rows), rows.GetString(7), rows.GetInt32(8), rows.GetString(9), rows.GetMoment(10)));
        }

        return all;
    }

    /// <summary>Locks the trades first, in the order in which committers lock them, so that nobody deadlocks.</summary>
    private static async Task<int> WakeSomeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var trades = new List<long>();
        await using (var ready = Command(connection, Sql.Get("Codes/waiting_for_code.ready"), AtOnce))
        await using (var rows = await ready.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                trades.Add(rows.GetInt64(0));
            }
        }

        foreach (var day in trades.GroupBy(trade => new OrderId(trade).Day))
        {
            await using var held = Command(connection, Sql.Get("Orders/trade_order.lock", day.Key), day.ToArray());
            await held.ExecuteNonQueryAsync(cancellation);
        }

        if (trades.Count > 0)
        {
            await RunAsync(connection, "waiting_for_code.wake", cancellation, trades.ToArray());
        }

        return trades.Count;
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string statement, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, Sql.Get($"Codes/{statement}"), values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <param name="Channel">The code by which operations know it.</param>
/// <param name="ChangedBy">Whose key it was.</param>
public sealed record StoredCode(MappedCode Code, string Channel, int Version, string ChangedBy, DateTimeOffset ChangedAt);

/// <param name="Sample">Masked.</param>
/// <param name="Waiting">Orders that are asked about again when the code is mapped.</param>
public sealed record UnmappedRecord(
    string Channel,
    ChannelInterface AnsweredBy,
    string Code,
    string SubCode,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Times,
    string Sample,
    long Waiting);
