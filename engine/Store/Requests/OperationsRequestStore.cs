using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Sessions;

namespace PaymentEngine.Store.Requests;

/// <summary>First answers to people of operations, by their keys (O13). Of requests under one key one is acted on at a time, on whatever node.</summary>
public sealed class OperationsRequestStore(NpgsqlDataSource database) : IDisposable
{
    private const int AtOnce = 8;

    private readonly LockSessions _sessions = new(database, AtOnce);

    /// <summary>Waits for whoever has the key.</summary>
    public async Task<OperationsClaim> ClaimAsync(string actor, string key, byte[] bodyHash, CancellationToken cancellation)
    {
        var session = await _sessions.OpenAsync(cancellation);
        try
        {
            await OperationsClaim.Statement(session, "listen", actor, key).RunAsync(cancellation);
            var isNew = await OperationsClaim.Statement(session, "claim", actor, key).With(bodyHash).RunAsync(cancellation) == 1;
            var first = (await OperationsClaim.Statement(session, "first", actor, key).ReadAsync(Read, cancellation)).Single();
            return new OperationsClaim(session, actor, key) { WasThere = !isNew, First = first };
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _sessions.Dispose();

    private static FirstOperationsRequest Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<byte[]>(0),
        row.IsDBNull(1) ? null : new Answer(row.GetInt16(1), string.Empty, row.GetFieldValue<byte[]>(2)));
}

/// <summary>The key of a request while it is acted on. The row stays when the process dies.</summary>
public sealed class OperationsClaim : IAsyncDisposable
{
    private readonly LockSession _session;
    private readonly string _actor;
    private readonly string _key;

    internal OperationsClaim(LockSession session, string actor, string key) => (_session, _actor, _key) = (session, actor, key);

    /// <summary>Somebody was cut short under this key, for whom it may have been done.</summary>
    public required bool WasThere { get; init; }

    public required FirstOperationsRequest First { get; init; }

    public Task AnswerAsync(Answer answer) => Statement(_session, "answer", _actor, _key)
        .With((short)answer.Status, NpgsqlTypes.NpgsqlDbType.Smallint)
        .With(answer.Body)
        .RunAsync(CancellationToken.None);

    /// <summary>It was refused: the key stays free.</summary>
    public Task FreeAsync() => Statement(_session, "free", _actor, _key).RunAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    internal static NpgsqlCommand Statement(LockSession session, string name, string actor, string key) =>
        new NpgsqlCommand(Sql.Get($"Requests/operations_request.{name}"), session.Connection).With(actor).With(key);
}

/// <param name="Answer">Null when it was cut short.</param>
public sealed record FirstOperationsRequest(byte[] BodyHash, Answer? Answer);
