using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

internal static class PaymentOrderRows
{
    public static OrderTable<PaymentOrder> Table() => new(
        "Orders/payment_order",
        new BulkRows<PaymentOrder>()
            .Bigint(p => p.TradeId.Value)
            .Bigint(p => p.Id.Value)
            .Text(p => p.State)
            .Text(p => p.Kind.Code())
            .NullableBigint(p => p.IsRefund ? p.RefundOf.Value : null)
            .Text(p => p.Method.Code())
            .Bigint(p => p.Amount.Minor)
            .Smallint(p => p.Revision)
            .Text(p => p.RequestSerial)
            .Moment(p => p.CreatedAt)
            .Moment(p => p.ExpiresAt)
            .Text(p => p.Failure)
            .Text(p => p.Terms?.Kind.Code())
            .NullableBigint(p => p.Terms?.FeeBack.Minor)
            .Text(p => p.Terms?.MerchantRefundNo)
            .Text(p => p.Terms?.Reason)
            .Text(p => p.Terms?.NotifyUrl)
            .NullableMoment(p => p.EndedAt),
        new BulkRows<PaymentOrder>()
            .Bigint(p => p.TradeId.Value)
            .Bigint(p => p.Id.Value)
            .Text(p => p.State)
            .Text(p => p.Failure)
            .NullableMoment(p => p.EndedAt));

    /// <param name="row">A row of the statement <c>load</c>.</param>
    /// <param name="currency">The trade's; it is the same on all four levels.</param>
    public static PaymentOrder Read(NpgsqlDataReader row, Currency currency) => new()
    {
        TradeId = new OrderId(row.GetInt64(0)),
        Id = new OrderId(row.GetInt64(1)),
        State = row.GetString(2),
        Kind = PaymentNames.ParseKind(row.GetString(3)),
        RefundOf = new OrderId(row.IsDBNull(4) ? 0 : row.GetInt64(4)),
        Method = PaymentNames.ParseMethod(row.GetString(5)),
        Amount = new Money(row.GetInt64(6), currency),
        Revision = row.GetInt16(7),
        RequestSerial = row.GetString(8),
        CreatedAt = row.GetMoment(9),
        ExpiresAt = row.GetMoment(10),
        Failure = row.GetNullableString(11),
        Terms = row.IsDBNull(12)
            ? null
            : new RefundTerms(
                RefundNames.Parse(row.GetString(12)), new Money(row.GetInt64(13), currency), row.GetNullableString(14), row.GetNullableString(15),
                row.GetNullableString(16)),
        EndedAt = row.GetNullableMoment(17),
    };
}
