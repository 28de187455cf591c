using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Commits postings that belong to no merchant's order, many in one transaction. One lane: a hot account is then written
/// once for all that wait, and nobody waits for its row but other nodes and payments.
/// </summary>
public sealed class LedgerCommitter : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly CommitLane<PendingPosting> _lane;

    /// <param name="database">Becomes the committer's own and ends with it.</param>
    /// <param name="lane">Decides the sub-accounts of hot accounts.</param>
    public LedgerCommitter(NpgsqlDataSource database, CommitterOptions options, int lane, CommitMetrics metrics, ILogger<LedgerCommitter> log)
    {
        _database = database;
        var committer = new BatchCommitter<PendingPosting>(database, new LedgerTransaction(lane), metrics, log);
        _lane = new CommitLane<PendingPosting>(committer, new PostingFormer(options.MaximumBatch), options);
    }

    /// <summary>When the queue is full it is turned away unwritten.</summary>
    public Task<LedgerResult> CommitAsync(KeyedPosting asked)
    {
        var pending = new PendingPosting(asked);
        return _lane.TryEnqueue(pending)
            ? pending.Result
            : Task.FromResult<LedgerResult>(new LedgerResult.Unavailable("the ledger's queue is full"));
    }

    /// <summary>Takes no more, commits what waits, and returns when all is done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lane.DrainAsync();
        await _database.DisposeAsync();
    }
}
