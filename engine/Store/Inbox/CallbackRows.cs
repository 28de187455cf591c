using PaymentEngine.Core;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Inbox;

/// <summary>Which columns the bulk statements on callbacks take.</summary>
internal static class CallbackRows
{
    public static DayRows<NewCallback> Stored() => new("Inbox/callback.store", c => c.Id, () => new BulkRows<NewCallback>()
        .Bigint(c => c.Id.Value)
        .Integer(c => c.ChannelId)
        .Text(c => c.Number)
        .Moment(c => c.ReceivedAt)
        .Bytes(c => c.Body)
        .Json(c => OutcomeJson.Write(c.Outcome)));

    public static DayRows<HandledCallback> Handled() => new("Inbox/callback.handled", c => c.Id, () => new BulkRows<HandledCallback>()
        .Bigint(c => c.Id.Value)
        .Bigint(c => c.Trade.Value)
        .Moment(c => c.At));

    public static DayRows<DisownedCallback> Disowned() => new("Inbox/callback.disown", c => c.Id, () => new BulkRows<DisownedCallback>()
        .Bigint(c => c.Id.Value)
        .Bigint(c => c.Trade.Value)
        .Bigint(c => c.Order.Value)
        .Text(c => c.Note)
        .Text(c => OrderNumber.Format(OrderLevel.InstitutionOrder, c.Order)));
}
