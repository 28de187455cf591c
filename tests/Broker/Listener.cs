using System.Threading.Channels;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Tests.Broker;

/// <summary>A handler that notes what it is given, and then does as it is told.</summary>
internal sealed class Listener<TMessage>(Func<TMessage, CancellationToken, Task>? does = null) : IHandle<TMessage>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<TMessage> _heard = Channel.CreateUnbounded<TMessage>();

    public async Task HandleAsync(TMessage message, CancellationToken cancellation)
    {
        _heard.Writer.TryWrite(message);
        if (does is not null)
        {
            await does(message, cancellation);
        }
    }

    public async Task<TMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _heard.Reader.ReadAsync(patience.Token);
    }
}

internal static class Listening
{
    /// <summary>Waits until every one of the callbacks was heard, whatever came beside them.</summary>
    public static async Task HearsAllAsync(this Listener<CallbacksArrived> listener, IEnumerable<long> callbacks)
    {
        var missing = callbacks.ToHashSet();
        while (missing.Count > 0)
        {
            try
            {
                // A message that somebody else made may lack them.
                missing.ExceptWith((await listener.NextAsync()).Callbacks ?? []);
            }
            catch (OperationCanceledException silence)
            {
                throw new TimeoutException($"{missing.Count} were not heard, the first of them {missing.Min()}", silence);
            }
        }
    }
}
