using Microsoft.Extensions.Logging;
using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// What became of a transaction whose COMMIT was sent and never answered. The database is asked by the transaction's
/// id, patiently: until it answers, nobody may be told anything.
/// </summary>
internal static class LostCommit
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<bool> DidCommitAsync(NpgsqlDataSource database, long transactionId, ILogger log)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                await using var command = database.CreateCommand("select pg_xact_status($1::text::xid8)");
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = transactionId.ToString() });
                switch (await command.ExecuteScalarAsync() as string)
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                    case null:
                        throw new InvalidOperationException($"the database no longer knows transaction {transactionId}");
                }
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
}
