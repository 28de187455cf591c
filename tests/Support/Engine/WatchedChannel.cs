using System.Collections.Concurrent;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// The real channel, and how many of its calls are out that the institution will never answer: those wait for a clock
/// that only the test moves, so nobody may wait for them.
/// </summary>
/// <param name="heard">Numbers that were sent once, to the one institution of all nodes.</param>
internal sealed class WatchedChannel(IInstitutionChannel channel, ConcurrentDictionary<string, bool> heard) : IInstitutionChannel
{
    private int _silent;

    public int Silent => Volatile.Read(ref _silent);

    public ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation) =>
        SendAsync(order, channel.PayAsync, cancellation);

    public ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation) =>
        SendAsync(order, channel.RefundAsync, cancellation);

    public CallbackReading ReadCallback(CallbackRequest request) => CallbackWire.Read(request) ?? channel.ReadCallback(request);

    public ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation) =>
        QueryAnswer is { } answer ? new(answer(order)) : channel.QueryAsync(order, cancellation);

    private async ValueTask<ChannelOutcome> SendAsync(
        ChannelOrder order, Func<ChannelOrder, CancellationToken, ValueTask<ChannelOutcome>> send, CancellationToken cancellation)
    {
        if (!WillBeSilent(order))
        {
            return await send(order, cancellation);
        }

        // Over from inside the step of the clock that ends the call, so that from then on it is waited for again.
        var isOver = 0;
        Interlocked.Increment(ref _silent);
        await using var registration = cancellation.Register(Over);
        var outcome = await send(order, cancellation);
        Over();
        return outcome;

        void Over()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
            {
                Interlocked.Decrement(ref _silent);
            }
        }
    }

    /// <summary>What the channel makes of the institution's answers to queries, when that is not the simulator's business.</summary>
    public Func<ChannelOrder, ChannelOutcome>? QueryAnswer { get; set; }

    private bool WillBeSilent(ChannelOrder order) => order.PayerAccount switch
    {
        Payers.RefundTimeout => order.Interface == ChannelInterface.Refund,
        _ when order.Interface != ChannelInterface.Pay => false,
        Payers.TimeoutExecuted => true,
        Payers.TimeoutLost => heard.TryAdd(order.Number, true),
        _ => false,
    };
}
