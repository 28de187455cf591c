using PaymentEngine.Core.Directory;

namespace PaymentEngine.Core.Units;

public enum TimerKind
{
    /// <summary>An institution order is free to be sent, for the first time or again.</summary>
    Dispatch,

    /// <summary>An institution order's outcome is to be queried.</summary>
    Query,

    /// <summary>
    /// A trade without a payment in flight, or an order that waits for its channel application, reaches the end of its validity.
    /// </summary>
    Expiry,

    /// <summary>A payment whose posting was refused tries again.</summary>
    Posting,

    /// <summary>A merchant has not acknowledged a notification yet. Its order is the notification.</summary>
    Notify,
}

/// <summary>An order has at most one timer of a kind; arming it again moves it. A null due time cancels it.</summary>
/// <param name="Lane">Whose processes handle it: a channel application's; questions have a lane for each channel.</param>
public readonly record struct TimerChange(OrderId Order, TimerKind Kind, DateTimeOffset? DueAt, string Lane = ApplicationSet.Engine);

/// <summary>A timer that fell due and is leased to this node. The token names the lease.</summary>
public sealed record DueTimer(OrderId Trade, OrderId Order, TimerKind Kind, long Token, DateTimeOffset DueAt);
