using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

internal static class HoldRows
{
    public static BulkRows<HoldState> New() => new BulkRows<HoldState>()
        .Bigint(h => h.Id.Value)
        .Bigint(h => h.AccountId)
        .Bigint(h => h.Amount)
        .Bigint(h => h.Captured)
        .Bigint(h => h.Released)
        .Text(h => h.Currency.Code)
        .Text(h => h.Reason)
        .NullableMoment(h => h.ExpiresAt)
        .Text(h => h.PlacedBy);

    public static BulkRows<HoldState> Changed() => new BulkRows<HoldState>()
        .Bigint(h => h.Id.Value)
        .Bigint(h => h.Captured)
        .Bigint(h => h.Released);

    public static BulkRows<HoldMove> Moves() => new BulkRows<HoldMove>()
        .Bigint(m => m.Hold.Id.Value)
        .Bigint(m => m.Posting.Value)
        .Smallint(m => m.Ordinal)
        .Text(m => m.Kind.ToString())
        .Bigint(m => m.Amount);

    /// <param name="row">A row of the statement <c>lock_holds</c>.</param>
    public static HoldState Read(NpgsqlDataReader row) => new()
    {
        Id = new OrderId(row.GetInt64(0)),
        AccountId = row.GetInt64(1),
        Amount = row.GetInt64(2),
        Captured = row.GetInt64(3),
        Released = row.GetInt64(4),
        Currency = Currency.Parse(row.GetString(5)),
    };
}
