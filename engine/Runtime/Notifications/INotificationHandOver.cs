using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>
/// Learns of notifications as soon as they are committed, so that the first attempt is made at once. It may lose them:
/// each has a timer, written in the same commit, by which it is found again.
/// </summary>
public interface INotificationHandOver
{
    /// <summary>Called on the path of a decision: returns at once and does not throw.</summary>
    void Committed(IReadOnlyList<Notification> notifications);
}
