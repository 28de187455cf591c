using Npgsql;

namespace PaymentEngine.Store.Proposals;

internal static class ProposalCommands
{
    public static NpgsqlCommand Statement(this NpgsqlDataSource database, string name) => database.CreateCommand(Sql.Get("Proposals/" + name));

    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string name) => new(Sql.Get("Proposals/" + name), connection);
}
