using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// One transaction in two round trips. The first claims keys and locks what the batch was decided on; in memory limits
/// are counted and the ledger evaluates its postings; the second writes and commits. A unit that finds its key taken,
/// its family changed, a limit reached or its posting refused leaves in between, before anything of it is written, and
/// gives back what it claimed. Rows are claimed and locked in one order everywhere (requests, numbers of refunds, trades,
/// limits, postings, accounts, each sorted), so that committers cannot deadlock.
/// </summary>
internal sealed class BatchTransaction(int lane) : IBatchTransaction<PendingUnit>
{
    private readonly RequestClaims _requests = new();
    private readonly RefundNumberClaims _refundNumbers = new();
    private readonly TradeLocks _trades = new();
    private readonly LimitBatch _limits = new(lane);
    private readonly PostingClaims _postings = new();
    private readonly LedgerBatch _ledger = new(lane);
    private readonly SideTables _sides = new();
    private readonly DaySet _days = new();

    public long TransactionId { get; private set; }

    public bool CommitWasSent { get; private set; }

    public void Reset(bool passBusy)
    {
        CommitWasSent = false;
        _trades.PassesBusy = passBusy;
        _ledger.Book.PassesBusy = passBusy;
    }

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
        _postings.Load(units);
        _ledger.Load(_postings.All);

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_current_xact_id()::text::bigint"));
        _requests.AddTo(batch);
        _refundNumbers.AddTo(batch);
        _trades.AddTo(batch);
        _limits.AddTo(batch);
        _ledger.AddDayTo(batch);
        _postings.AddTo(batch);
        _ledger.AddLocksTo(batch);

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
        await _postings.SettleAsync(connection);
    }

    /// <summary>One after the other, all of a unit or nothing: who comes later is judged by what those before him left.</summary>
    private void Evaluate(IReadOnlyList<PendingUnit> units)
    {
        foreach (var pending in units)
        {
            if (pending.IsIn && _limits.TryCount(pending) && !TryPost(pending))
            {
                _limits.TakeBack();
            }
        }
    }

    /// <summary>All postings of a unit or none; a unit that is refused leaves.</summary>
    private bool TryPost(PendingUnit pending)
    {
        var before = _ledger.Book.Mark();
        foreach (var posting in pending.Unit.Postings)
        {
            if (_ledger.Book.TryApply(posting) is { } refusal)
            {
                _ledger.Book.TakeBack(before);
                pending.Leave(new CommitResult.PostingRefused(refusal));
                return false;
            }
        }

        return true;
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
        _postings.AddReturnsTo(batch);
        _limits.AddWritesTo(batch);
        _days.AddTo(batch);
        _ledger.AddWritesTo(batch, TransactionId);
        _sides.AddTo(batch);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        CommitFailpoints.PassBefore(units);
        CommitWasSent = true;
        await batch.ExecuteNonQueryAsync();
        CommitFailpoints.PassAfter(units);
    }

    public async Task<bool> HasWrittenAsync(NpgsqlDataSource database, PendingUnit witness)
    {
        await using var command = database.CreateCommand(Sql.Get("Commit/lost_commit.has_written"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = witness.Unit.Family.Trade.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = witness.Unit.BaseVersion + 1 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TransactionId.ToString() });
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
