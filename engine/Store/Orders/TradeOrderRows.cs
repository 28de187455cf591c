using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

internal static class TradeOrderRows
{
    /// <summary>The trade's version in memory is the one it was decided on; this commit makes the next.</summary>
    public static OrderTable<TradeOrder> Table() => new(
        "Orders/trade_order",
        new BulkRows<TradeOrder>()
            .Bigint(t => t.Id.Value)
            .Integer(t => t.Version + 1)
            .Text(t => t.State)
            .Smallint(t => t.Revision)
            .Integer(t => t.MerchantId)
            .Text(t => t.MerchantOrderNo)
            .Bigint(t => t.Amount.Minor)
            .Text(t => t.Amount.Currency.Code)
            .Text(t => t.Payer)
            .Text(t => t.Payee)
            .Text(t => t.Description)
            .Moment(t => t.CreatedAt)
            .Moment(t => t.ExpiresAt)
            .NullableBigint(t => t.PaidBy.OrNull())
            .NullableMoment(t => t.PaidAt)
            .Text(t => t.NotifyUrl),
        new BulkRows<TradeOrder>()
            .Bigint(t => t.Id.Value)
            .Integer(t => t.Version + 1)
            .Text(t => t.State)
            .Smallint(t => t.Revision)
            .Bigint(t => t.Amount.Minor)
            .Text(t => t.Payer)
            .Text(t => t.Payee)
            .NullableBigint(t => t.PaidBy.OrNull())
            .NullableMoment(t => t.PaidAt));

    public static TradeOrder Read(NpgsqlDataReader row) => new()
    {
        Id = new OrderId(row.GetInt64(0)),
        TradeId = new OrderId(row.GetInt64(0)),
        Version = row.GetInt32(1),
        State = row.GetString(2),
        Revision = row.GetInt16(3),
        MerchantId = row.GetInt32(4),
        MerchantOrderNo = row.GetString(5),
        Amount = new Money(row.GetInt64(6), Currency.Parse(row.GetString(7))),
        Payer = row.GetString(8),
        Payee = row.GetNullableString(9),
        Description = row.GetNullableString(10),
        CreatedAt = row.GetMoment(11),
        ExpiresAt = row.GetMoment(12),
        PaidBy = row.IsDBNull(13) ? default : new OrderId(row.GetInt64(13)),
        PaidAt = row.GetNullableMoment(14),
        NotifyUrl = row.GetNullableString(15),
    };
}
