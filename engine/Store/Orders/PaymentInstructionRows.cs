using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

internal static class PaymentInstructionRows
{
    public static OrderTable<PaymentInstruction> Table() => new(
        "Orders/payment_instruction",
        new BulkRows<PaymentInstruction>()
            .Bigint(i => i.TradeId.Value)
            .Bigint(i => i.Id.Value)
            .Bigint(i => i.PaymentId.Value)
            .Smallint(i => i.Leg)
            .Text(i => i.State)
            .Text(i => i.Method.Code())
            .Text(i => i.PayerAccount)
            .Bigint(i => i.Amount.Minor)
            .Smallint(i => i.Parts)
            .Smallint(i => i.PartsWon)
            .Moment(i => i.CreatedAt)
            .Text(i => i.Failure)
            .Text(i => ElementsJson.Write(i.Elements))
            .NullableBytes(i => i.Routing),
        new BulkRows<PaymentInstruction>()
            .Bigint(i => i.TradeId.Value)
            .Bigint(i => i.Id.Value)
            .Text(i => i.State)
            .Smallint(i => i.PartsWon)
            .Text(i => i.Failure)
            .NullableBytes(i => i.Routing));

    public static PaymentInstruction Read(NpgsqlDataReader row, Currency currency) => new()
    {
        TradeId = new OrderId(row.GetInt64(0)),
        Id = new OrderId(row.GetInt64(1)),
        PaymentId = new OrderId(row.GetInt64(2)),
        Leg = row.GetInt16(3),
        State = row.GetString(4),
        Method = PaymentNames.ParseMethod(row.GetString(5)),
        PayerAccount = row.GetString(6),
        Amount = new Money(row.GetInt64(7), currency),
        Parts = row.GetInt16(8),
        PartsWon = row.GetInt16(9),
        CreatedAt = row.GetMoment(10),
        Failure = row.GetNullableString(11),
        Elements = ElementsJson.Read(row.GetNullableString(12)),
    };
}
