using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>The way from a commit to the first attempt at telling the merchant, which a test may cut.</summary>
internal sealed class LossyHandOver(NotificationDesk desk) : INotificationHandOver
{
    public bool Loses { get; set; }

    public void Committed(IReadOnlyList<Notification> notifications)
    {
        if (!Loses)
        {
            desk.Committed(notifications);
        }
    }
}
