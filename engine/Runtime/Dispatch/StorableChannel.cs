using PaymentEngine.Core.Channels;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>
/// The border between institutions and the engine: whatever characters one of them sends, what passes here can be
/// written down. A commit that the database refuses for a character would be lost knowledge of moved money.
/// </summary>
internal sealed class StorableChannel(IInstitutionChannel adapter) : IInstitutionChannel
{
    public async ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation) =>
        StorableText.Of(await adapter.PayAsync(order, cancellation));

    public async ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation) =>
        StorableText.Of(await adapter.RefundAsync(order, cancellation));

    public async ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation) =>
        StorableText.Of(await adapter.QueryAsync(order, cancellation));

    /// <summary>A number that no order has, since none of ours has such characters, is answered as any unknown one.</summary>
    public CallbackReading ReadCallback(CallbackRequest request) => adapter.ReadCallback(request) switch
    {
        CallbackReading.Told told => told with { Number = StorableText.Of(told.Number), Outcome = StorableText.Of(told.Outcome) },
        var refused => refused,
    };
}
