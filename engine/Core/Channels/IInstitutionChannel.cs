namespace PaymentEngine.Core.Channels;

/// <summary>
/// The contract of a channel adapter: protocol, signature and mapping, nothing else. No retries, no state of orders,
/// no database. It never throws for what the institution did; a cancelled call answers what is certain.
/// </summary>
public interface IInstitutionChannel
{
    /// <summary>Sends the order. Must not put a byte on the wire once <paramref name="cancellation"/> is cancelled.</summary>
    ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation);

    /// <summary>Sends an order that gives back what <see cref="ChannelOrder.Original"/> took; the same promises as <see cref="PayAsync"/>.</summary>
    ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation);

    /// <summary>Asks what became of the order, whichever interface it was sent to; never executes anything.</summary>
    ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation);

    /// <summary>Verifies what came in on the callback address by the institution's own scheme and understands it.</summary>
    CallbackReading ReadCallback(CallbackRequest request);
}

/// <summary>The facts of an order that an institution may see.</summary>
/// <param name="Interface">To which of the channel's interfaces it is sent: pay or refund.</param>
/// <param name="Original">What a refund gives back; null for a payment.</param>
public sealed record ChannelOrder(
    int ChannelId,
    ChannelInterface Interface,
    string Number,
    Money Amount,
    PaymentMethod Method,
    string PayerAccount,
    string? Description,
    DateTimeOffset CreatedAt,
    OriginalOrder? Original = null);

/// <summary>The executed order that a refund is about.</summary>
public sealed record OriginalOrder(string Number, string? InstitutionRef);

/// <summary>The real line to an institution; several channels may share one.</summary>
/// <param name="Endpoint">Null for what answers inside this process.</param>
/// <param name="Secret">What both sides sign with; already decrypted.</param>
/// <param name="MaximumParallel">Calls at once, of each node; front-end machines of banks accept few.</param>
/// <param name="RequestsPerSecond">For orders; questions have a share of their own, because query interfaces are fragile.</param>
public sealed record ChannelConnection(
    int Id, string Name, Uri? Endpoint, ReadOnlyMemory<byte> Secret, int MaximumParallel, int RequestsPerSecond, int QueriesPerSecond)
{
    public bool SameLimits(ChannelConnection other) =>
        (MaximumParallel, RequestsPerSecond, QueriesPerSecond) == (other.MaximumParallel, other.RequestsPerSecond, other.QueriesPerSecond);
}

/// <summary>Which line a channel uses, as configured now.</summary>
public interface IChannelConnections
{
    ChannelConnection Of(int channelId);
}
