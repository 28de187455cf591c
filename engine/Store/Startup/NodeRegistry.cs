using Npgsql;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Startup;

/// <summary>
/// Gives every start of an engine an identity of its own, so that what it claimed is never taken for another's, and
/// says of each whether it runs and up to which migration it knows the schema.
/// </summary>
public sealed class NodeRegistry(NpgsqlDataSource database)
{
    private static readonly int Newest = Migration.All[^1].Number;

    public async Task<int> RegisterAsync(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Startup/startup.register_node"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Newest });
        Failpoints.Pass(Failpoint.BeforeNode);
        var id = (int)(await command.ExecuteScalarAsync(cancellation))!;
        Failpoints.Pass(Failpoint.AfterNode);
        return id;
    }

    /// <summary>Says that the node still runs. False when it must not: the schema has gone where it cannot follow.</summary>
    public async Task<bool> TouchAsync(int node, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Startup/startup.node_is_here"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Newest });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task LeaveAsync(int node, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Startup/startup.node_stops"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
