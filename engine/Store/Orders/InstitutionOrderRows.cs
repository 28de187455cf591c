using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

internal static class InstitutionOrderRows
{
    public static OrderTable<InstitutionOrder> Table() => new(
        "Orders/institution_order",
        new BulkRows<InstitutionOrder>()
            .Bigint(o => o.TradeId.Value)
            .Bigint(o => o.Id.Value)
            .Bigint(o => o.InstructionId.Value)
            .Smallint(o => o.Part)
            .Text(o => o.State)
            .Integer(o => o.ChannelId)
            .Text(o => o.InstitutionNumber)
            .Bigint(o => o.Amount.Minor)
            .Integer(o => o.ClaimedBy)
            .NullableMoment(o => o.SendBy)
            .Smallint(o => o.Sends)
            .Smallint(o => o.Queries)
            .Boolean(o => o.MayHaveArrived)
            .Boolean(o => o.Executed)
            .Text(o => o.InstitutionRef)
            .Text(o => o.Code)
            .Moment(o => o.CreatedAt)
            .NullableBigint(o => o.Reroute?.Of.Value)
            .Text(o => o.Reroute?.Evidence.Kind.Code())
            .Text(o => o.Reroute?.Evidence.InWords)
            .Text(o => o.Reroute?.DecidedBy)
            .Text(o => o.Interface)
            .NullableBytes(o => o.Routing)
            .Text(o => ArrayText(o.LimitCounters)),
        new BulkRows<InstitutionOrder>()
            .Bigint(o => o.TradeId.Value)
            .Bigint(o => o.Id.Value)
            .Text(o => o.State)
            .Integer(o => o.ClaimedBy)
            .NullableMoment(o => o.SendBy)
            .Smallint(o => o.Sends)
            .Smallint(o => o.Queries)
            .Boolean(o => o.MayHaveArrived)
            .Boolean(o => o.Executed)
            .Text(o => o.InstitutionRef)
            .Text(o => o.Code));

    /// <param name="row">A row of the statement <c>load</c>.</param>
    /// <param name="family">The family, whose instructions have been read already.</param>
    public static InstitutionOrder Read(NpgsqlDataReader row, TradeFamily family)
    {
        var instruction = family.Instruction(new OrderId(row.GetInt64(2)));
        return new InstitutionOrder
        {
            TradeId = new OrderId(row.GetInt64(0)),
            Id = new OrderId(row.GetInt64(1)),
            InstructionId = instruction.Id,
            PayerAccount = instruction.PayerAccount,
            Part = row.GetInt16(3),
            State = row.GetString(4),
            ChannelId = row.GetInt32(5),
            InstitutionNumber = row.GetString(6),
            Amount = new Money(row.GetInt64(7), instruction.Amount.Currency),
            ClaimedBy = row.GetInt32(8),
            SendBy = row.GetNullableMoment(9),
            Sends = row.GetInt16(10),
            Queries = row.GetInt16(11),
            MayHaveArrived = row.GetBoolean(12),
            Executed = row.GetBoolean(13),
            InstitutionRef = row.GetNullableString(14),
            Code = row.GetNullableString(15),
            CreatedAt = row.GetMoment(16),
            Interface = row.GetNullableString(21),
            Reroute = row.IsDBNull(17)
                ? null
                : new Reroute(
                    new OrderId(row.GetInt64(17)), new Evidence(EvidenceNames.Parse(row.GetString(18)), row.GetString(19)), row.GetString(20)),
            LimitCounters = row.IsDBNull(22) ? [] : ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<long[]>(22)),
        };
    }

    /// <summary>An array in each row of an array is something that only text can carry.</summary>
    private static string? ArrayText(ImmutableArray<long> values) => values.IsEmpty ? null : $"{{{string.Join(',', values)}}}";
}
