using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Postings of their own in one transaction of two round trips: keys are claimed and rows locked, postings evaluated in
/// memory, then everything is written. Who finds his key taken or is refused leaves in between.
/// </summary>
internal sealed class LedgerTransaction(int lane) : IBatchTransaction<PendingPosting>
{
    private readonly RequestKeys _keys = new();
    private readonly LedgerBatch _ledger = new(lane);

    public long TransactionId { get; private set; }

    public bool CommitWasSent { get; private set; }

    public void Reset(bool passBusy)
    {
        CommitWasSent = false;
        _ledger.Book.PassesBusy = passBusy;
    }

    public async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<PendingPosting> batch)
    {
        await ClaimAndLockAsync(connection, batch);
        foreach (var pending in batch)
        {
            pending.Day = _ledger.Book.Day;
            if (pending.IsIn && _ledger.Book.TryApply(pending.Posting) is { } refusal)
            {
                var number = NumberOf(pending.Posting, refusal.AccountId);
                pending.Leave(new LedgerResult.Refused(refusal.Reason, number, number is null ? refusal.Reason.ToString() : $"account {number}"));
            }
        }

        await WriteAsync(connection, batch);
    }

    public async Task<bool> HasWrittenAsync(NpgsqlDataSource database, PendingPosting witness)
    {
        await using var command = database.CreateCommand(Sql.Get("Commit/lost_commit.has_posted"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = witness.Asked.Key });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = witness.Posting.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TransactionId.ToString() });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task ClaimAndLockAsync(NpgsqlConnection connection, IReadOnlyList<PendingPosting> postings)
    {
        _keys.Load(postings);
        _ledger.Load(postings.Select(static pending => pending.Posting));
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_current_xact_id()::text::bigint"));
        _ledger.AddDayTo(batch);
        _keys.AddTo(batch);
        _ledger.AddLocksTo(batch);
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            TransactionId = reader.GetInt64(0);
            await _ledger.ReadAsync(reader);
        }

        await _keys.SettleAsync(connection);
    }

    private async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<PendingPosting> postings)
    {
        await using var batch = new NpgsqlBatch(connection);
        _keys.AddReturnsTo(batch);
        _ledger.AddWritesTo(batch, TransactionId);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        CommitFailpoints.PassBefore(postings);
        CommitWasSent = true;
        await batch.ExecuteNonQueryAsync();
        CommitFailpoints.PassAfter(postings);
    }

    private static string? NumberOf(Posting posting, long account) =>
        posting.Legs.Select(leg => leg.Account).Concat(posting.Holds.Select(hold => hold.Account)).FirstOrDefault(known => known.Id == account)?.Number;
}
