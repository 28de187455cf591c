using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Requests;

/// <summary>First answers to people of operations, by their keys (O13). Of requests under one key one is acted on at a time, on whatever node.</summary>
public sealed class OperationsRequestStore(NpgsqlDataSource database) : IDisposable
{
    /// <summary>Each holds a connection while it is acted on, which needs others.</summary>
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Waits for whoever has the key.</summary>
    public async Task<OperationsClaim> ClaimAsync(string actor, string key, byte[] bodyHash, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenConnectionAsync(cancellation);
            await OperationsClaim.Statement(connection, "listen", actor, key).RunAsync(cancellation);
            var isNew = await OperationsClaim.Statement(connection, "claim", actor, key).With(bodyHash).RunAsync(cancellation) == 1;
            var first = (await OperationsClaim.Statement(connection, "first", actor, key).ReadAsync(Read, cancellation)).Single();
            return new OperationsClaim(connection, _turns, actor, key) { WasThere = !isNew, First = first };
        }
        catch
        {
            await OperationsClaim.GiveUpAsync(connection, actor, key, _turns);
            throw;
        }
    }

    public void Dispose() => _turns.Dispose();

    private static FirstOperationsRequest Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<byte[]>(0),
        row.IsDBNull(1) ? null : new Answer(row.GetInt16(1), string.Empty, row.GetFieldValue<byte[]>(2)));
}

/// <summary>The key of a request while it is acted on. The lock is the session's: it is free when the process dies, and the row stays.</summary>
public sealed class OperationsClaim(NpgsqlConnection connection, SemaphoreSlim turns, string actor, string key) : IAsyncDisposable
{
    /// <summary>Somebody was cut short under this key, for whom it may have been done.</summary>
    public required bool WasThere { get; init; }

    public required FirstOperationsRequest First { get; init; }

    public Task AnswerAsync(Answer answer) => Statement(connection, "answer", actor, key)
        .With((short)answer.Status, NpgsqlTypes.NpgsqlDbType.Smallint)
        .With(answer.Body)
        .RunAsync(CancellationToken.None);

    /// <summary>It was refused: the key stays free.</summary>
    public Task FreeAsync() => Statement(connection, "free", actor, key).RunAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await GiveUpAsync(connection, actor, key, turns);

    /// <param name="connection">Null when there was none to be had.</param>
    internal static async Task GiveUpAsync(NpgsqlConnection? connection, string actor, string key, SemaphoreSlim turns)
    {
        try
        {
            // Pooled connections keep their session, and with it the lock. One that is broken has lost both.
            if (connection is { State: System.Data.ConnectionState.Open })
            {
                await Statement(connection, "heard", actor, key).RunAsync(CancellationToken.None);
            }
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            turns.Release();
        }
    }

    internal static NpgsqlCommand Statement(NpgsqlConnection connection, string name, string actor, string key) =>
        new NpgsqlCommand(Sql.Get($"Requests/operations_request.{name}"), connection).With(actor).With(key);
}

/// <param name="Answer">Null when it was cut short.</param>
public sealed record FirstOperationsRequest(byte[] BodyHash, Answer? Answer);
