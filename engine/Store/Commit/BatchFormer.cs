using System.Threading.Channels;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Takes what waits into one batch. Two that would meet in it never share a batch: the second waits for the next, where
/// the database tells it what the first did.
/// </summary>
internal abstract class BatchFormer<TPending>(int maximum)
{
    private readonly List<TPending> _batch = [];
    private readonly Queue<TPending> _leftOver = new();

    public bool HasLeftOver => _leftOver.Count > 0;

    public List<TPending> Form(ChannelReader<TPending> queue)
    {
        _batch.Clear();
        Forget();
        for (var waiting = _leftOver.Count; waiting > 0; waiting--)
        {
            Admit(_leftOver.Dequeue());
        }

        while (_batch.Count < maximum && queue.TryRead(out var pending))
        {
            Admit(pending);
        }

        return _batch;
    }

    /// <summary>A new batch begins.</summary>
    protected abstract void Forget();

    /// <summary>Whether nothing that is in the batch meets with it; then it is remembered.</summary>
    protected abstract bool IsAlone(TPending pending);

    private void Admit(TPending pending)
    {
        if (_batch.Count < maximum && IsAlone(pending))
        {
            _batch.Add(pending);
        }
        else
        {
            _leftOver.Enqueue(pending);
        }
    }
}
