using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Requests;

/// <summary>First answers to people of operations, by their keys (O13).</summary>
public sealed class OperationsRequestStore(NpgsqlDataSource database)
{
    /// <returns>What stands under the key, and whether it stood there before.</returns>
    public async Task<(bool WasThere, FirstOperationsRequest? Request)> ClaimAsync(string actor, string key, byte[] bodyHash, CancellationToken cancellation)
    {
        var isNew = await Command("claim", actor, key).With(bodyHash).RunAsync(cancellation) == 1;
        return (!isNew, (await Command("first", actor, key).ReadAsync(
            row => new FirstOperationsRequest(
                row.GetFieldValue<byte[]>(0),
                row.IsDBNull(1) ? null : new Answer(row.GetInt16(1), string.Empty, row.GetFieldValue<byte[]>(2))),
            cancellation)).SingleOrDefault());
    }

    public Task AnswerAsync(string actor, string key, byte[] bodyHash, Answer answer, CancellationToken cancellation) =>
        Command("answer", actor, key).With(bodyHash).With((short)answer.Status, NpgsqlTypes.NpgsqlDbType.Smallint).With(answer.Body).RunAsync(cancellation);

    /// <summary>It was refused: the key stays free.</summary>
    public Task FreeAsync(string actor, string key, byte[] bodyHash, CancellationToken cancellation) =>
        Command("free", actor, key).With(bodyHash).RunAsync(cancellation);

    private NpgsqlCommand Command(string statement, string actor, string key) =>
        database.CreateCommand(Sql.Get($"Requests/operations_request.{statement}")).With(actor).With(key);
}

/// <param name="Answer">Null while it is under way, and when it was cut short.</param>
public sealed record FirstOperationsRequest(byte[] BodyHash, Answer? Answer);
