using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Store.Inbox;

/// <summary>A callback on its way into the inbox.</summary>
public sealed record NewCallback(
    OrderId Id, int ChannelId, string Number, DateTimeOffset ReceivedAt, byte[] Body, ChannelOutcome Outcome);

/// <summary>A stored callback that nobody has handled yet.</summary>
/// <param name="Waited">For how long, by the database's clock.</param>
public sealed record WaitingCallback(OrderId Id, int ChannelId, string Number, byte[] Body, string StoredOutcome, TimeSpan Waited)
{
    /// <summary>Read where it is used: one that cannot be read must not stop those beside it.</summary>
    public ChannelOutcome ReadOutcome() => OutcomeJson.Read(StoredOutcome, Body);
}

/// <summary>A callback whose outcome has reached its trade.</summary>
public readonly record struct HandledCallback(OrderId Id, OrderId Trade, DateTimeOffset At);

/// <summary>A callback that came from a channel to which its order was never sent.</summary>
public sealed record DisownedCallback(OrderId Id, OrderId Trade, OrderId Order, string Note);
