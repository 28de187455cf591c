using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using PaymentEngine.Core;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>Hands callbacks over inside the process; what comes at the same time is handled together.</summary>
public sealed class LocalHandOver(CallbackDesk desk) : BackgroundService, ICallbackHandOver
{
    /// <summary>A trade that somebody holds must not keep the callbacks of all others waiting.</summary>
    private const int Workers = 4;

    private const int Capacity = 16_384;
    private const int MaximumBatch = 256;

    private readonly Channel<OrderId> _queue = Channel.CreateBounded<OrderId>(Capacity);

    /// <summary>What finds no room is left to the sweep.</summary>
    public void Stored(OrderId callback) => _queue.Writer.TryWrite(callback);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var batch = new List<OrderId>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MaximumBatch && _queue.Reader.TryRead(out var callback))
                {
                    batch.Add(callback);
                }

                await desk.HandleAsync(batch);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping; what waits here is found by a sweep.
        }
    }
}
