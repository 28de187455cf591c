using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Sees a batch through to an answer for every unit: commits it, isolates the guilty when the database refuses the
/// whole, and finds out what became of a commit whose answer was lost.
/// </summary>
internal sealed class BatchCommitter(NpgsqlDataSource database, int lane, CommitMetrics metrics, ILogger log) : IAsyncDisposable
{
    private const int MaximumAttempts = 3;

    private readonly BatchTransaction _transaction = new(lane);

    private NpgsqlConnection? _connection;

    public async Task CommitAsync(List<PendingUnit> batch)
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
            log.LogError(unforeseen, "a batch of {Units} units failed", batch.Count);
            foreach (var pending in batch)
            {
                pending.Fail(unforeseen);
            }

            await DropConnectionAsync();
        }

        metrics.BatchDone(batch.Count, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync() => await DropConnectionAsync();

    private async Task TryCommitAsync(IReadOnlyList<PendingUnit> batch, int attempt)
    {
        _transaction.Reset();
        try
        {
            await _transaction.RunAsync(await ConnectAsync(), batch);
            Announce(batch);
        }
        catch (PostgresException refusal) when (DatabaseErrors.IsGuiltOfOneUnit(refusal))
        {
            await RollBackAsync();
            await IsolateAsync(batch, refusal);
        }
        catch (PostgresException collision) when (DatabaseErrors.MayRunAgain(collision) && attempt < MaximumAttempts)
        {
            await RollBackAsync();
            await TryCommitAsync(Rejoined(batch), attempt + 1);
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

    private static void Announce(IReadOnlyList<PendingUnit> batch)
    {
        foreach (var pending in batch)
        {
            if (pending.Refusal is { } refusal)
            {
                pending.Complete(refusal);
            }
            else if (pending.IsIn)
            {
                pending.Unit.MarkCommitted();
                pending.Complete(CommitResult.Committed.Instance);
            }
        }
    }

    /// <summary>Halves the batch until the unit that the database refuses, or that makes us throw, stands alone.</summary>
    private async Task IsolateAsync(IReadOnlyList<PendingUnit> batch, Exception failure)
    {
        if (batch.Count == 1)
        {
            var guilty = batch[0].Unit;
            log.LogError(
                failure, "trade {Trade} of request {RequestSerial} cannot be written", guilty.Family.Trade.Number, guilty.Context.RequestSerial);
            batch[0].Fail(failure);
            return;
        }

        metrics.BatchSplit();
        var half = batch.Count / 2;
        await TryCommitAsync(Rejoined([.. batch.Take(half)]), attempt: 1);
        await TryCommitAsync(Rejoined([.. batch.Skip(half)]), attempt: 1);
    }

    /// <summary>The connection broke. Before COMMIT was sent nothing was written; after it, only the database knows.</summary>
    private async Task AnswerAfterLossAsync(IReadOnlyList<PendingUnit> batch, Exception lost)
    {
        log.LogWarning(lost, "the database was lost while {Units} units were being committed", batch.Count);
        if (await DidCommitAsync(batch))
        {
            Announce(batch);
            return;
        }

        foreach (var pending in batch)
        {
            // What filled a limit may have been lost with the rest of the batch.
            pending.Complete(pending.Refusal is { } refusal and not CommitResult.LimitReached
                ? refusal
                : new CommitResult.Unavailable("the database could not be reached"));
        }
    }

    private async Task<bool> DidCommitAsync(IReadOnlyList<PendingUnit> batch) =>
        _transaction.CommitWasSent
        && batch.FirstOrDefault(pending => pending.IsIn) is { Unit: var witness }
        && await LostCommit.DidCommitAsync(database, _transaction.TransactionId, witness, log);

    private static IReadOnlyList<PendingUnit> Rejoined(IReadOnlyList<PendingUnit> batch)
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
