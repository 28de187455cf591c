using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Writes the body of a notification, as it will be committed and delivered byte for byte.</summary>
public interface INotificationWriter
{
    byte[] Write(OrderId id, NotificationIntent intent, UnitOfWork unit);
}
