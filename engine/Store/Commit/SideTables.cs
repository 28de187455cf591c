using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Inbox;

namespace PaymentEngine.Store.Commit;

/// <summary>What a batch writes beside the orders: timers, differences, the work list, codes, scripts, requests by hand, cards, callbacks.</summary>
internal sealed class SideTables
{
    private readonly BulkRows<(OrderId Trade, TimerChange Timer)> _armed = new BulkRows<(OrderId Trade, TimerChange Timer)>()
        .Bigint(r => r.Timer.Order.Value)
        .Text(r => r.Timer.Kind.StoredName())
        .Bigint(r => r.Trade.Value)
        .Moment(r => r.Timer.DueAt!.Value)
        .Text(r => r.Timer.Lane);

    private readonly BulkRows<TimerChange> _cancelled = new BulkRows<TimerChange>()
        .Bigint(t => t.Order.Value)
        .Text(t => t.Kind.StoredName());

    private readonly BulkRows<DueTimer> _handled = new BulkRows<DueTimer>()
        .Bigint(t => t.Order.Value)
        .Text(t => t.Kind.StoredName())
        .Bigint(t => t.Token);

    private readonly BulkRows<(UnitOfWork Unit, Difference Difference)> _differences = new BulkRows<(UnitOfWork Unit, Difference Difference)>()
        .Bigint(r => r.Unit.Family.Trade.Id.Value)
        .Bigint(r => r.Difference.Order.Value)
        .Text(r => r.Difference.Kind)
        .Text(r => r.Difference.Detail)
        .Moment(r => r.Unit.Now)
        .Text(r => NumberOf(r.Unit, r.Difference.Order));

    private readonly BulkRows<(UnitOfWork Unit, Difference Difference)> _settled = new BulkRows<(UnitOfWork Unit, Difference Difference)>()
        .Bigint(r => r.Difference.Order.Value)
        .Text(r => r.Difference.Kind)
        .Moment(r => r.Unit.Now);

    private readonly BulkRows<(UnitOfWork Unit, WorkItemChange Item)> _listed = new BulkRows<(UnitOfWork Unit, WorkItemChange Item)>()
        .Bigint(r => r.Item.Order.Value)
        .Bigint(r => r.Unit.Family.Trade.Id.Value)
        .Text(r => r.Item.Reason)
        .Moment(r => r.Unit.Now)
        .Text(r => NumberOf(r.Unit, r.Item.Order));

    private readonly BulkRows<WorkItemChange> _unlisted = new BulkRows<WorkItemChange>().Bigint(i => i.Order.Value);

    private readonly BulkRows<(UnitOfWork Unit, RerouteApproval Approval)> _approved = new BulkRows<(UnitOfWork Unit, RerouteApproval Approval)>()
        .Bigint(r => r.Approval.Request)
        .Text(r => r.Approval.ApprovedBy)
        .Moment(r => r.Unit.Now)
        .Bigint(r => r.Approval.NewOrder.Value);

    private readonly BulkRows<(UnitOfWork Unit, ScriptFault Fault)> _faults = new BulkRows<(UnitOfWork Unit, ScriptFault Fault)>()
        .Text(r => r.Fault.Hook)
        .Integer(r => r.Fault.Version)
        .Text(r => r.Fault.Stage.ToString())
        .Text(r => r.Fault.Message)
        .Moment(r => r.Unit.Now);

    private readonly CardRows _cards = new();

    private readonly CodeWaitRows _codes = new();

    private readonly DayRows<HandledCallback> _callbacks = CallbackRows.Handled();

    public void Add(UnitOfWork unit)
    {
        _cards.Add(unit);
        _codes.Add(unit);
        foreach (var fault in unit.ScriptFaults)
        {
            _faults.Add((unit, fault));
        }

        if (unit.Approval is { } approval)
        {
            _approved.Add((unit, approval));
        }

        if (unit.HandledCallback is { } callback)
        {
            _callbacks.Add(new HandledCallback(callback, unit.Family.Trade.Id, unit.Now));
        }

        if (unit.HandledTimer is { } handled)
        {
            _handled.Add(handled);
        }

        foreach (var timer in unit.Timers)
        {
            if (timer.DueAt is null)
            {
                _cancelled.Add(timer);
            }
            else
            {
                _armed.Add((unit.Family.Trade.Id, timer));
            }
        }

        foreach (var difference in unit.Differences)
        {
            (difference.Detail is null ? _settled : _differences).Add((unit, difference));
        }

        foreach (var item in unit.WorkItems)
        {
            if (item.Reason is null)
            {
                _unlisted.Add(item);
            }
            else
            {
                _listed.Add((unit, item));
            }
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        // The lease goes first: a handler that arms its timer anew must not delete what it has just armed.
        _handled.AddTo(batch, Sql.Get("Timers/timer.done"));
        _cancelled.AddTo(batch, Sql.Get("Timers/timer.cancel"));
        _armed.AddTo(batch, Sql.Get("Timers/timer.arm"));
        _differences.AddTo(batch, Sql.Get("Orders/work_lists.open_differences"));
        _settled.AddTo(batch, Sql.Get("Orders/work_lists.settle_differences"));
        _listed.AddTo(batch, Sql.Get("Orders/work_lists.put"));
        _unlisted.AddTo(batch, Sql.Get("Orders/work_lists.take_off"));
        _approved.AddTo(batch, Sql.Get("Reroutes/reroute_request.approve"));
        _cards.AddTo(batch);
        _codes.AddTo(batch);
        _faults.AddTo(batch, Sql.Get("Routing/script_fault.tell"));
        _callbacks.AddTo(batch);
    }

    public void Clear()
    {
        _handled.Clear();
        _cancelled.Clear();
        _armed.Clear();
        _differences.Clear();
        _settled.Clear();
        _listed.Clear();
        _unlisted.Clear();
        _approved.Clear();
        _cards.Clear();
        _codes.Clear();
        _faults.Clear();
        _callbacks.Clear();
    }

    /// <summary>As people are told it.</summary>
    private static string NumberOf(UnitOfWork unit, OrderId order) => unit.Family.Find(order)?.Number ?? LedgerNumber.OfItem(order);
}
