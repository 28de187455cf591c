using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>The way from a commit to the first attempt at telling the merchant, without a bus, which a test may cut.</summary>
internal sealed class LossyHandOver(NotificationDesk desk) : INotificationHandOver
{
    private int _onTheirWay;

    public bool Loses { get; set; }

    /// <summary>Committed, and not yet in the hands of the desk.</summary>
    public int OnTheirWay => Volatile.Read(ref _onTheirWay);

    public void Committed(IReadOnlyList<Notification> notifications)
    {
        if (!Loses)
        {
            Interlocked.Increment(ref _onTheirWay);
            _ = HandOverAsync(notifications);
        }
    }

    private async Task HandOverAsync(IReadOnlyList<Notification> notifications)
    {
        try
        {
            await desk.WakeAsync([.. notifications.Select(notification => notification.Id)], CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _onTheirWay);
        }
    }
}
