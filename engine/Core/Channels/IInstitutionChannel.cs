namespace PaymentEngine.Core.Channels;

/// <summary>
/// The contract of a channel adapter: protocol, signature and mapping, nothing else. No retries, no state of orders,
/// no database. It never throws for what the institution did; a cancelled call answers what is certain.
/// </summary>
public interface IInstitutionChannel
{
    /// <summary>Sends the order. Must not put a byte on the wire once <paramref name="cancellation"/> is cancelled.</summary>
    ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation);

    /// <summary>Asks what became of the order; never executes anything.</summary>
    ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation);
}

/// <summary>The facts of an order that an institution may see.</summary>
public sealed record ChannelOrder(
    int ChannelId,
    string Number,
    Money Amount,
    PaymentMethod Method,
    string PayerAccount,
    string? Description,
    DateTimeOffset CreatedAt);
