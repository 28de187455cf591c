using Npgsql;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// One transaction in two round trips. The first claims keys and locks what the batch was decided on; in memory limits
/// are counted and the ledger evaluates its postings; the second writes and commits. A unit that finds its key taken,
/// its family changed, a limit reached or its posting refused leaves in between, before anything of it is written, and
/// gives back what it claimed. Rows are claimed and locked in one order everywhere (requests, numbers of refunds, trades, limits, postings,
/// accounts, each sorted), so that committers cannot deadlock.
/// </summary>
internal sealed class BatchTransaction(int lane)
{
    private readonly RequestClaims _requests = new();
    private readonly RefundNumberClaims _refundNumbers = new();
    private readonly TradeLocks _trades = new();
    private readonly LimitBatch _limits = new(lane);
    private readonly LedgerBatch _ledger = new(lane);
    private readonly SideTables _sides = new();
    private readonly DaySet _days = new();

    /// <summary>The database's name for this transaction, by which its outcome can be asked for later.</summary>
    public long TransactionId { get; private set; }

    public bool CommitWasSent { get; private set; }

    /// <summary>Forgets the transaction before: what went wrong so far has nothing to do with it.</summary>
    public void Reset() => CommitWasSent = false;

    /// <summary>Returns when the units that are still in have committed; the others carry their refusal.</summary>
    public async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<PendingUnit> units)
    {
        await ClaimAndLockAsync(connection, units);
        Evaluate(units);
        await WriteAsync(connection, units);
    }

    private async Task ClaimAndLockAsync(NpgsqlConnection connection, IReadOnlyList<PendingUnit> units)
    {
        _requests.Load(units);
        _refundNumbers.Load(units);
        _trades.Load(units);
        _limits.Load(units);
        _ledger.Load(units);

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_current_xact_id()::text::bigint"));
        _requests.AddTo(batch);
        _refundNumbers.AddTo(batch);
        _trades.AddTo(batch);
        _limits.AddTo(batch);
        _ledger.AddTo(batch);

        await using (var reader = await batch.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            TransactionId = reader.GetInt64(0);
            await _trades.ReadAsync(reader);
            await _limits.ReadAsync(reader);
            await _ledger.ReadAsync(reader);
        }

        await _requests.SettleAsync(connection);
        await _refundNumbers.SettleAsync(connection);
        await _ledger.SettleAsync(connection);
    }

    /// <summary>One after the other, all of a unit or nothing: who comes later is judged by what those before him left.</summary>
    private void Evaluate(IReadOnlyList<PendingUnit> units)
    {
        foreach (var pending in units)
        {
            if (pending.IsIn && _limits.TryCount(pending) && !_ledger.TryApply(pending))
            {
                _limits.TakeBack();
            }
        }
    }

    private async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<PendingUnit> units)
    {
        _days.Clear();
        _sides.Clear();
        foreach (var pending in units)
        {
            if (pending.IsIn)
            {
                _days.Of(pending.Unit).Add(pending.Unit);
                _sides.Add(pending.Unit);
            }
        }

        await using var batch = new NpgsqlBatch(connection);
        _requests.AddReturnsTo(batch);
        _refundNumbers.AddReturnsTo(batch);
        _ledger.AddReturnsTo(batch);
        _limits.AddWritesTo(batch);
        _days.AddTo(batch);
        _ledger.AddEntriesTo(batch);
        _sides.AddTo(batch);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        CommitFailpoints.PassBefore(units);
        CommitWasSent = true;
        await batch.ExecuteNonQueryAsync();
        CommitFailpoints.PassAfter(units);
    }
}
