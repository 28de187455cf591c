using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Hands notifications over the bus, a queue for each lane, so that any node may deliver them.</summary>
public sealed class BusHandOver(IEngineBus bus) : INotificationHandOver
{
    public void Committed(IReadOnlyList<Notification> notifications)
    {
        foreach (var notification in notifications)
        {
            bus.NotificationWaiting(notification.MerchantId % BusQueues.Lanes, notification.Id.Value);
        }
    }
}

/// <summary>The message is done when the notifications are in this node's hands; their timers stand until they are told.</summary>
public sealed class NotificationsWaitingHandler(NotificationDesk desk) : IHandle<NotificationsWaiting>
{
    public Task HandleAsync(NotificationsWaiting message, CancellationToken cancellation) =>
        desk.WakeAsync([.. message.Notifications.Select(id => new OrderId(id))], cancellation);
}
