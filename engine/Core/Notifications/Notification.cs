using PaymentEngine.Core.Units;

namespace PaymentEngine.Core.Notifications;

/// <summary>What a merchant is told, finished: the same id and the same body however often it is delivered (N1).</summary>
public sealed record Notification(
    OrderId Id, OrderId Trade, OrderId Order, NotificationKind Kind, int MerchantId, DateTimeOffset CreatedAt, string Url, byte[] Body)
{
    /// <summary>Where it is delivered to, when that is not where the merchant is told of the trade.</summary>
    public string? OwnUrl { get; init; }

    /// <summary>The id by which the merchant drops repeats.</summary>
    public string Name => NameOf(Id);

    public static string NameOf(OrderId id) => $"msg_{id.Value}";
}

public enum NotificationState
{
    Waiting,
    Delivered,

    /// <summary>Every attempt of the schedule failed; it stands on the work list.</summary>
    Exhausted,
}
