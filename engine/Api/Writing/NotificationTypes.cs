using PaymentEngine.Core.Units;

namespace PaymentEngine.Api.Writing;

/// <summary>What a notification is about, as merchants' programs read it; a type never changes its meaning.</summary>
internal static class NotificationTypes
{
    public static string Of(NotificationKind kind) => kind switch
    {
        NotificationKind.TradePaid => "trade.paid",
        NotificationKind.TradeClosed => "trade.closed",
        NotificationKind.PaymentFailed => "payment.failed",
        NotificationKind.SurplusDetected => "surplus.detected",
        NotificationKind.SurplusRefunded => "surplus.refunded",
        NotificationKind.SurplusNotRefunded => "surplus.not_refunded",
        NotificationKind.RefundSucceeded => "refund.succeeded",
        NotificationKind.RefundFailed => "refund.failed",
        NotificationKind.VoidSucceeded => "void.succeeded",
        NotificationKind.VoidFailed => "void.failed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown notification"),
    };
}
