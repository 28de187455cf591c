using Npgsql;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Notifications;
using PaymentEngine.Store.Orders;

namespace PaymentEngine.Store.Commit;

/// <summary>What a batch writes into the partitions of one day: the four levels, their history, and what
/// merchants are told of it.</summary>
internal sealed class DayTables
{
    private readonly OrderTable<TradeOrder> _trades = TradeOrderRows.Table();
    private readonly OrderTable<PaymentOrder> _payments = PaymentOrderRows.Table();
    private readonly OrderTable<PaymentInstruction> _instructions = PaymentInstructionRows.Table();
    private readonly OrderTable<InstitutionOrder> _institutionOrders = InstitutionOrderRows.Table();
    private readonly BulkRows<UnitOfWork> _steps = StepRows.Table();
    private readonly BulkRows<Notification> _notifications = NotificationRows.Table();

    public void Add(UnitOfWork unit)
    {
        var family = unit.Family;

        // Every commit of a family moves the trade's version, whichever of its orders changed.
        if (family.Trade.Change == OrderChange.None)
        {
            family.Trade.Change = OrderChange.Changed;
        }

        _trades.Add(family.Trade);
        foreach (var payment in family.Payments)
        {
            _payments.Add(payment);
        }

        foreach (var instruction in family.Instructions)
        {
            _instructions.Add(instruction);
        }

        foreach (var order in family.InstitutionOrders)
        {
            _institutionOrders.Add(order);
        }

        _steps.Add(unit);
        foreach (var notification in unit.RenderedNotifications)
        {
            _notifications.Add(notification);
        }
    }

    public void AddTo(NpgsqlBatch batch, DateOnly day)
    {
        _trades.AddTo(batch, day);
        _payments.AddTo(batch, day);
        _instructions.AddTo(batch, day);
        _institutionOrders.AddTo(batch, day);
        _steps.AddTo(batch, Sql.Get("Orders/order_step.insert", day));
        _notifications.AddTo(batch, Sql.Get("Notifications/notification.insert", day));
    }

    public void Clear()
    {
        _trades.Clear();
        _payments.Clear();
        _instructions.Clear();
        _institutionOrders.Clear();
        _steps.Clear();
        _notifications.Clear();
    }
}
