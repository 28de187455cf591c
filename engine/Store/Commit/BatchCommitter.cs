using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Sees a batch through to an answer for everything in it: commits it, isolates the guilty when the database refuses the
/// whole, and finds out what became of a commit whose answer was lost.
/// </summary>
internal class BatchCommitter<TPending>(
    NpgsqlDataSource database, IBatchTransaction<TPending> transaction, CommitMetrics metrics, ILogger log) : IAsyncDisposable
    where TPending : class, IPending
{
    private const int MaximumAttempts = 3;

    private NpgsqlConnection? _connection;

    public async Task CommitAsync(List<TPending> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            await TryCommitAsync(batch, attempt: 1);
            if (batch.Exists(static pending => pending.IsPutOff))
            {
                var putOff = batch.FindAll(static pending => pending.IsPutOff);
                metrics.PutOff(putOff.Count);
                await TryCommitAsync(Rejoined(putOff), attempt: 1);
            }
        }
        catch (Exception unforeseen)
        {
            // A lane that stopped would stop the engine; whoever waits for these units learns what happened.
            log.LogError(unforeseen, "a batch of {Units} failed", batch.Count);
            foreach (var pending in batch)
            {
                pending.Fail(unforeseen);
            }

            await DropConnectionAsync();
        }

        metrics.BatchDone(batch.Count, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync() => await DropConnectionAsync();

    private async Task TryCommitAsync(IReadOnlyList<TPending> batch, int attempt, bool passBusy = false)
    {
        transaction.Reset(passBusy);
        try
        {
            await transaction.RunAsync(await ConnectAsync(), batch);
            Announce(batch);
        }
        catch (PostgresException refusal) when (DatabaseErrors.IsGuiltOfOneUnit(refusal))
        {
            await RollBackAsync();
            await IsolateAsync(batch, refusal);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable && !passBusy)
        {
            // Whoever waits for the row that is held is told so; everybody else goes on.
            await RollBackAsync();
            await TryCommitAsync(Rejoined(batch), attempt, passBusy: true);
        }
        catch (PostgresException collision) when (DatabaseErrors.MayRunAgain(collision) && attempt < MaximumAttempts)
        {
            await RollBackAsync();
            await TryCommitAsync(Rejoined(batch), attempt + 1, passBusy);
        }
        catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException)
        {
            await DropConnectionAsync();
            await AnswerAfterLossAsync(batch, lost);
        }
        catch (Exception bug)
        {
            await DropConnectionAsync();
            if (await DidCommitAsync(batch))
            {
                Announce(batch);
                return;
            }

            await IsolateAsync(batch, bug);
        }
    }

    private static void Announce(IReadOnlyList<TPending> batch)
    {
        foreach (var pending in batch)
        {
            pending.Announce();
        }
    }

    /// <summary>Halves the batch until the unit that the database refuses, or that makes us throw, stands alone.</summary>
    private async Task IsolateAsync(IReadOnlyList<TPending> batch, Exception failure)
    {
        if (batch.Count == 1)
        {
            log.LogError(failure, "{What} cannot be written", batch[0].Describe());
            batch[0].Fail(failure);
            return;
        }

        metrics.BatchSplit();
        var half = batch.Count / 2;
        await TryCommitAsync(Rejoined([.. batch.Take(half)]), attempt: 1);
        await TryCommitAsync(Rejoined([.. batch.Skip(half)]), attempt: 1);
    }

    /// <summary>The connection broke. Before COMMIT was sent nothing was written; after it, only the database knows.</summary>
    private async Task AnswerAfterLossAsync(IReadOnlyList<TPending> batch, Exception lost)
    {
        log.LogWarning(lost, "the database was lost while {Units} were being committed", batch.Count);
        if (await DidCommitAsync(batch))
        {
            Announce(batch);
            return;
        }

        foreach (var pending in batch)
        {
            pending.BreakOff("the database could not be reached");
        }
    }

    private async Task<bool> DidCommitAsync(IReadOnlyList<TPending> batch) =>
        transaction.CommitWasSent
        && batch.FirstOrDefault(pending => pending.IsIn) is { } witness
        && await LostCommit.DidCommitAsync(database, transaction.TransactionId, () => transaction.HasWrittenAsync(database, witness), log);

    private static IReadOnlyList<TPending> Rejoined(IReadOnlyList<TPending> batch)
    {
        foreach (var pending in batch)
        {
            pending.Rejoin();
        }

        return batch;
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            // It broke when nobody was looking: between two batches, or while the last refusal was still being read.
            await DropConnectionAsync();
        }

        return _connection ??= await database.OpenConnectionAsync();
    }

    private async Task RollBackAsync()
    {
        if (_connection is not { State: ConnectionState.Open })
        {
            // It broke while the refusal was still being read.
            await DropConnectionAsync();
            return;
        }

        try
        {
            await using var rollback = new NpgsqlCommand("rollback", _connection);
            await rollback.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException lost)
        {
            // The database rolls back what is left of a connection by itself.
            log.LogWarning(lost, "the database was lost during a rollback");
            await DropConnectionAsync();
        }
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is { } connection)
        {
            // Not back into the pool: what broke off in the middle may have left it with half of a statement prepared.
            database.Clear();
            _connection = null;
            try
            {
                await connection.DisposeAsync();
            }
            catch (NpgsqlException broken)
            {
                // Closing tidies up first, which fails too when somebody cancels it; whoever waits is owed the answer about his units.
                log.LogWarning(broken, "a connection to the database was given up and could not be closed in order");
            }
        }
    }
}
