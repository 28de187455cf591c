using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace PaymentEngine.Runtime.Bus;

/// <summary>
/// What waits to be published to one queue, and the loop that publishes it. While a message is on its way the ids for
/// the next one gather, so that traffic and the broker's pace set the size of the messages. Each queue has its own: one that
/// cannot be reached holds up no other.
/// </summary>
internal sealed class Outbox<TId>(
    string queue, Func<ReadOnlyMemory<TId>, object> pack, Publish publish, BusOptions options, BusMetrics metrics, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<TId> _waiting = Channel.CreateBounded<TId>(
        new BoundedChannelOptions(options.OutboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public void Add(TId id)
    {
        if (!_waiting.Writer.TryWrite(id))
        {
            metrics.Dropped(queue, 1);
        }
    }

    /// <summary>No more is taken; the loop ends when everything that waits is published.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellation)
    {
        var batch = new TId[options.MaximumBatch];
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancellation))
            {
                var count = 0;
                while (count < batch.Length && _waiting.Reader.TryRead(out var id))
                {
                    batch[count++] = id;
                }

                var began = clock.GetTimestamp();
                await PublishAsync(batch.AsMemory(0, count), cancellation);
                await GatherAsync(began, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The process ends. What is left in here is found by the sweep.
        }
    }

    private async Task PublishAsync(ReadOnlyMemory<TId> ids, CancellationToken cancellation)
    {
        var message = pack(ids);
        for (var pause = ShortestPause; ; pause = Longer(pause))
        {
            try
            {
                if (await publish(queue, message, cancellation))
                {
                    metrics.Published(queue, ids.Length);
                }
                else
                {
                    // Whoever declares the queue has never run. Its sweep finds the rows when it does.
                    metrics.Dropped(queue, ids.Length);
                }

                return;
            }
            catch (Exception unreachable) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("{Queue} cannot be reached, trying again in {Pause}: {Reason}", queue, pause, unreachable.Message);
                await Task.Delay(pause, clock, cancellation);
            }
        }
    }

    /// <summary>The first id after a quiet time travels at once; those that follow it closely share the next message.</summary>
    private async Task GatherAsync(long began, CancellationToken cancellation)
    {
        var left = options.Pace - clock.GetElapsedTime(began);
        if (left > TimeSpan.Zero && _waiting.Reader.Count < options.MaximumBatch && !_waiting.Reader.Completion.IsCompleted)
        {
            await Task.Delay(left, clock, cancellation);
        }
    }

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
}

/// <summary>Publishes a message and waits for the broker's word; false when no queue takes it. Throws when the broker is away.</summary>
internal delegate Task<bool> Publish(string queue, object message, CancellationToken cancellation);
