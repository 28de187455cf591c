using System.Threading.Channels;

namespace PaymentEngine.Store.Commit;

/// <summary>A queue, and the loop that commits what waits in it, batch after batch.</summary>
internal sealed class CommitLane<TPending>
    where TPending : class, IPending
{
    private readonly Channel<TPending> _queue;
    private readonly BatchCommitter<TPending> _committer;
    private readonly BatchFormer<TPending> _former;
    private readonly int _maximumBatch;
    private readonly Tempo _tempo;
    private readonly Task _loop;
    private volatile int _inBatch;

    public CommitLane(BatchCommitter<TPending> committer, BatchFormer<TPending> former, CommitterOptions options)
    {
        _committer = committer;
        _former = former;
        _maximumBatch = options.MaximumBatch;
        _tempo = new Tempo(options.Pace);
        _queue = Channel.CreateBounded<TPending>(new BoundedChannelOptions(options.QueueCapacity)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>What waits or is being committed.</summary>
    public int Backlog => _queue.Reader.Count + _inBatch;

    public bool TryEnqueue(TPending pending) => _queue.Writer.TryWrite(pending);

    /// <summary>Waits for a place; false when the lane takes no more.</summary>
    public async ValueTask<bool> EnqueueAsync(TPending pending)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public async Task DrainAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _committer.DisposeAsync();
    }

    private async Task LoopAsync()
    {
        while (_former.HasLeftOver || await _queue.Reader.WaitToReadAsync())
        {
            await _tempo.NextAsync(fullIsWaiting: _queue.Reader.Count >= _maximumBatch);
            var batch = _former.Form(_queue.Reader);
            _inBatch = batch.Count;
            await _committer.CommitAsync(batch);
            _inBatch = 0;
        }
    }
}
