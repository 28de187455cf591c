using Npgsql;
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
        Status = Enum.Parse<AccountStatus>(row.GetString(5)),
    };
}
