using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scripts;

namespace PaymentEngine.Store.Scripts;

/// <summary>The scripts that operations have stored, version after version.</summary>
public sealed class RouteScriptStore(NpgsqlDataSource database)
{
    /// <summary>Adds a version, unless the latest says the same.</summary>
    /// <param name="script">Null gives the decision back to the default.</param>
    public async Task AddAsync(string hook, string? script, string actor, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var lockCommand = new NpgsqlCommand(Sql.Get("Scripts/route_script.lock"), connection);
        await lockCommand.ExecuteNonQueryAsync(cancellation);
        await using var add = new NpgsqlCommand(Sql.Get("Scripts/route_script.add"), connection);
        add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hook });
        add.Parameters.Add(new NpgsqlParameter { Value = (object?)script ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
        await add.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ScriptVersion>> HistoryAsync(string hook, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Scripts/route_script.history"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hook });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<ScriptVersion>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(ReadVersion(rows));
        }

        return all;
    }

    /// <summary>Has somebody told that these versions do not decide; once, however often and by however many nodes it is found.</summary>
    public async Task TellAsync(IReadOnlyList<ScriptFault> faults, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Scripts/route_script.fault"));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Hook)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. faults.Select(fault => fault.Version)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Stage.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Message)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. faults.Select(_ => now.UtcDateTime)] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static ScriptVersion ReadVersion(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetNullableString(2), row.GetString(3), row.GetMoment(4));
}
