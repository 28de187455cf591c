using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Notifications;

internal static class NotificationRows
{
    public static BulkRows<Notification> Table() => new BulkRows<Notification>()
        .Bigint(n => n.Id.Value)
        .Bigint(n => n.Trade.Value)
        .Bigint(n => n.Order.Value)
        .Text(n => n.Kind.StoredName())
        .Integer(n => n.MerchantId)
        .Moment(n => n.CreatedAt)
        .Bytes(n => n.Body)
        .Text(n => n.OwnUrl);

    public static BulkRows<DeliveryResult> Results() => new BulkRows<DeliveryResult>()
        .Bigint(r => r.Notification.Value)
        .NullableSmallint(r => r.Status)
        .Text(r => r.Error)
        .Moment(r => r.At);

    /// <param name="row">A row of the statement <c>load</c>.</param>
    public static Delivery Read(NpgsqlDataReader row) => new(
        new Notification(
            new OrderId(row.GetInt64(0)),
            new OrderId(row.GetInt64(1)),
            new OrderId(row.GetInt64(2)),
            Enum.Parse<NotificationKind>(row.GetString(3)),
            row.GetInt32(4),
            row.GetMoment(5),
            row.GetString(6),
            row.GetFieldValue<byte[]>(7)),
        row.GetInt16(8));
}
