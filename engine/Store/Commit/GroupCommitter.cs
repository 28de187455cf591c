using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Commits units of work, many in one transaction. A unit that cannot commit leaves with the reason; those beside it
/// do not notice. Lanes work side by side; units that touch the same merchant's account share a lane, so that lanes
/// do not wait for each other's rows.
/// </summary>
public sealed class GroupCommitter : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly CommitLane<PendingUnit>[] _lanes;

    /// <param name="database">Becomes the committer's own and ends with it.</param>
    public GroupCommitter(NpgsqlDataSource database, CommitterOptions options, int nodeId, CommitMetrics metrics, ILogger<GroupCommitter> log)
    {
        _database = database;
        _lanes = new CommitLane<PendingUnit>[options.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            // Nodes start at different sub-accounts, so that neither lanes nor nodes meet on a hot row.
            var committer = new UnitCommitter(database, (nodeId * options.Lanes) + i, metrics, log);
            _lanes[i] = new CommitLane<PendingUnit>(committer, new UnitFormer(options.MaximumBatch), options);
        }
    }

    /// <summary>When the queue is full a new trade is turned away unwritten; what is under way waits for its place.</summary>
    public ValueTask<CommitResult> CommitAsync(UnitOfWork unit)
    {
        var pending = new PendingUnit(unit);
        var lane = LaneOf(unit);
        if (lane.TryEnqueue(pending))
        {
            return new ValueTask<CommitResult>(pending.Result);
        }

        return unit.OpensTrade
            ? ValueTask.FromResult<CommitResult>(new CommitResult.Unavailable("the commit queue is full"))
            : WaitAsync(lane, pending);
    }

    private static async ValueTask<CommitResult> WaitAsync(CommitLane<PendingUnit> lane, PendingUnit pending) =>
        await lane.EnqueueAsync(pending) ? await pending.Result : new CommitResult.Unavailable("the engine is stopping");

    /// <summary>Takes no more units, commits what waits, and returns when all is done.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
        {
            await lane.DrainAsync();
        }

        await _database.DisposeAsync();
    }

    /// <summary>Postings go to their merchant's lane, everything else to where the least is waiting.</summary>
    private CommitLane<PendingUnit> LaneOf(UnitOfWork unit)
    {
        if (unit.Postings.Count > 0)
        {
            return _lanes[unit.Family.Trade.MerchantId % _lanes.Length];
        }

        var quietest = _lanes[0];
        foreach (var lane in _lanes)
        {
            if (lane.Backlog < quietest.Backlog)
            {
                quietest = lane;
            }
        }

        return quietest;
    }
}
