using System.Threading.Channels;
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
    private readonly Lane[] _lanes;

    /// <param name="database">Becomes the committer's own and ends with it.</param>
    public GroupCommitter(NpgsqlDataSource database, CommitterOptions options, int nodeId, CommitMetrics metrics, ILogger<GroupCommitter> log)
    {
        _database = database;
        _lanes = new Lane[options.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            // Nodes start at different sub-accounts, so that neither lanes nor nodes meet on a hot row.
            _lanes[i] = new Lane(new BatchCommitter(database, (nodeId * options.Lanes) + i, metrics, log), options);
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
            : lane.EnqueueAsync(pending);
    }

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
    private Lane LaneOf(UnitOfWork unit)
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

    private sealed class Lane
    {
        private readonly Channel<PendingUnit> _queue;
        private readonly BatchCommitter _committer;
        private readonly int _maximumBatch;
        private readonly Tempo _tempo;
        private readonly Task _loop;
        private volatile int _inBatch;

        public Lane(BatchCommitter committer, CommitterOptions options)
        {
            _committer = committer;
            _maximumBatch = options.MaximumBatch;
            _tempo = new Tempo(options.Pace);
            _queue = Channel.CreateBounded<PendingUnit>(new BoundedChannelOptions(options.QueueCapacity)
            {
                SingleReader = true,
                FullMode = BoundedChannelFullMode.Wait,
            });
            _loop = Task.Run(LoopAsync);
        }

        /// <summary>Units that wait or are being committed.</summary>
        public int Backlog => _queue.Reader.Count + _inBatch;

        public bool TryEnqueue(PendingUnit pending) => _queue.Writer.TryWrite(pending);

        public async ValueTask<CommitResult> EnqueueAsync(PendingUnit pending)
        {
            try
            {
                await _queue.Writer.WriteAsync(pending);
            }
            catch (ChannelClosedException)
            {
                return new CommitResult.Unavailable("the engine is stopping");
            }

            return await pending.Result;
        }

        public async Task DrainAsync()
        {
            _queue.Writer.TryComplete();
            await _loop;
            await _committer.DisposeAsync();
        }

        private async Task LoopAsync()
        {
            var batch = new BatchFormer(_maximumBatch);
            while (batch.HasLeftOver || await _queue.Reader.WaitToReadAsync())
            {
                await _tempo.NextAsync(fullIsWaiting: _queue.Reader.Count >= _maximumBatch);
                var units = batch.Form(_queue.Reader);
                _inBatch = units.Count;
                await _committer.CommitAsync(units);
                _inBatch = 0;
            }
        }
    }
}
