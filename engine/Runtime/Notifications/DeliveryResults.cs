using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Store.Notifications;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Gathers what deliveries came to and writes it many at once.</summary>
internal sealed class DeliveryResults : IAsyncDisposable
{
    private const int MostAtOnce = 500;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly Channel<DeliveryResult> _queue =
        Channel.CreateUnbounded<DeliveryResult>(new UnboundedChannelOptions { SingleReader = true });

    private readonly NotificationStore _store;
    private readonly Action<DeliveryResult> _settled;
    private readonly ILogger _log;
    private readonly Task _loop;

    /// <param name="store">Where they are written.</param>
    /// <param name="settled">Told of each when it is written, or could not be: then its timer will repeat it.</param>
    /// <param name="log">Where it is told that they could not be written.</param>
    public DeliveryResults(NotificationStore store, Action<DeliveryResult> settled, ILogger log)
    {
        (_store, _settled, _log) = (store, settled, log);
        _loop = Task.Run(LoopAsync);
    }

    public void Add(DeliveryResult result) => _queue.Writer.TryWrite(result);

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        var batch = new List<DeliveryResult>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _queue.Reader.TryRead(out var result))
            {
                batch.Add(result);
            }

            try
            {
                await _store.WriteAsync(batch, CancellationToken.None);
            }
            catch (NpgsqlException lost)
            {
                _log.LogWarning(lost, "{Results} results of notifications are lost; those will be delivered once more", batch.Count);
            }
            catch (Exception unforeseen)
            {
                // A writer that stopped would have every notification repeated to its last attempt.
                _log.LogError(unforeseen, "{Results} results of notifications cannot be written", batch.Count);
            }

            batch.ForEach(_settled);

            // Results that come close together share a transaction.
            if (batch.Count < MostAtOnce)
            {
                await Task.Delay(Pace);
            }
        }
    }
}
