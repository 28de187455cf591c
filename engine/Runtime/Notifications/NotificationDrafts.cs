using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Turns what the lifecycles want told into rows of the commit that makes it true, each with its safety net.</summary>
public sealed class NotificationDrafts(INotificationWriter writer, NotificationOptions options)
{
    /// <summary>A trade whose merchant polls costs nothing here.</summary>
    public void AddTo(UnitOfWork unit)
    {
        if (unit.Notifications.Count == 0)
        {
            return;
        }

        var trade = unit.Family.Trade;
        var rendered = new List<Notification>(unit.Notifications.Count);
        foreach (var intent in unit.Notifications)
        {
            var own = (intent.Order as PaymentOrder)?.Terms?.NotifyUrl;
            if ((own ?? trade.NotifyUrl) is not { } url)
            {
                continue;
            }

            var id = unit.Context.Numbers.NextId(trade.Id.Day);
            rendered.Add(new Notification(
                id, trade.Id, intent.Order.Id, intent.Kind, trade.MerchantId, unit.Now, url, writer.Write(id, intent, unit)) { OwnUrl = own });
            unit.Timers.Add(new TimerChange(id, TimerKind.Notify, unit.Now + options.SafetyNet));
        }

        unit.RenderedNotifications = rendered;
    }
}
