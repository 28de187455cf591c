using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Ledger;

namespace PaymentEngine.Store.Ledger;

internal static class AccountRows
{
    /// <param name="row">A row of the statement <c>lock_accounts</c>.</param>
    public static AccountState Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Balance = row.GetInt64(1),
        Frozen = row.GetInt64(2),
        Floor = row.GetInt64(3),
        Sequence = row.GetInt64(4),
        Status = Status(row, 5),
    };

    /// <param name="row">A row of the statement <c>lock_customers</c>.</param>
    public static CustomerState ReadCustomer(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UsedLife = row.GetInt64(1),
        UsedYear = row.GetInt64(2),
        UseYear = row.GetInt32(3),
        Class = new KycClass(
            row.GetString(4), Currency.Parse(row.GetString(5)), row.GetInt64(6), Enum.Parse<KycPeriod>(row.GetString(7)), row.GetBoolean(8)),
    };

    public static AccountStatus Status(NpgsqlDataReader row, int column) => row.GetString(column) switch
    {
        "Open" => AccountStatus.Open,
        "Frozen" => AccountStatus.Frozen,
        _ => AccountStatus.Closed,
    };
}
