using Npgsql;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Startup;

/// <summary>Gives every start of an engine an identity of its own, so that what it claimed is never taken for another's.</summary>
public sealed class NodeRegistry(NpgsqlDataSource database)
{
    public async Task<int> RegisterAsync(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Startup/startup.register_node"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        Failpoints.Pass(Failpoint.BeforeNode);
        var id = (int)(await command.ExecuteScalarAsync(cancellation))!;
        Failpoints.Pass(Failpoint.AfterNode);
        return id;
    }
}
