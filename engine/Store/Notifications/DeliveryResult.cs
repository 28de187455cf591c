using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Store.Notifications;

/// <summary>A notification that is to be delivered, and how often that was tried before.</summary>
public sealed record Delivery(Notification Notification, int Attempts);

public enum DeliveryVerdict
{
    /// <summary>The merchant acknowledged it.</summary>
    Delivered,

    /// <summary>It is tried again at <see cref="DeliveryResult.At"/>.</summary>
    Failed,

    /// <summary>It was the last attempt.</summary>
    Exhausted,
}

/// <param name="Status">What the merchant's system answered, if it answered.</param>
/// <param name="Error">Why there was no answer.</param>
/// <param name="At">When it was over; for a failure, when it is tried again.</param>
public sealed record DeliveryResult(OrderId Notification, DeliveryVerdict Verdict, short? Status, string? Error, DateTimeOffset At);
