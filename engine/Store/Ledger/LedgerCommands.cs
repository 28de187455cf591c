using Npgsql;

namespace PaymentEngine.Store.Ledger;

internal static class LedgerCommands
{
    public static NpgsqlCommand Statement(this NpgsqlDataSource database, string name) => database.CreateCommand(Sql.Get("Ledger/" + name));

    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string name) => new(Sql.Get("Ledger/" + name), connection);
}
