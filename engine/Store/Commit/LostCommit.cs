using Microsoft.Extensions.Logging;
using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// What became of a transaction whose COMMIT was sent and never answered. The database is asked by the transaction's
/// id, patiently: until it answers, nobody may be told anything. A server that crashed may have lost the transaction
/// altogether and given its id to another; so an id that committed is believed only with a row that it wrote.
/// </summary>
internal static class LostCommit
{
    /// <summary>pg_xact_status of an id that the server has not given out, or has forgotten that it has.</summary>
    private const string IdInTheFuture = PostgresErrorCodes.InvalidParameterValue;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <param name="hasWritten">Whether a row is there that this very transaction wrote.</param>
    public static async Task<bool> DidCommitAsync(NpgsqlDataSource database, long transactionId, Func<Task<bool>> hasWritten, ILogger log)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                switch (await StatusAsync(database, transactionId))
                {
                    case "committed":
                        return await hasWritten();
                    case "aborted":
                        return false;
                    case null:
                        throw new InvalidOperationException($"the database no longer knows transaction {transactionId}");
                }
            }
            catch (PostgresException lost) when (lost.SqlState == IdInTheFuture)
            {
                return false;
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning(unreachable, "waiting for the database to tell whether transaction {Transaction} committed", transactionId);
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new TimeoutException($"the outcome of transaction {transactionId} stayed unknown");
            }

            await Task.Delay(Pause);
        }
    }

    private static async Task<string?> StatusAsync(NpgsqlDataSource database, long transactionId)
    {
        await using var command = database.CreateCommand(Sql.Get("Commit/lost_commit.status"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = transactionId.ToString() });
        return await command.ExecuteScalarAsync() as string;
    }
}
