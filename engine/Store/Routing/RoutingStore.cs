using System.Data;
using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Book;

namespace PaymentEngine.Store.Routing;

/// <summary>What operations have written about routing, and what of it they have put into force.</summary>
public sealed class RoutingStore(NpgsqlDataSource database)
{
    /// <summary>
    /// The book as it is now. Asked every few seconds: when it has not grown, one count is all that is read, and texts
    /// that are known already are never read again.
    /// </summary>
    public async Task<RoutingHeads> LoadAsync(RoutingHeads known, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        return await ReadHeadsAsync(connection, known, now, cancellation);
    }

    /// <summary>Begins to write: until the end of it nobody else does.</summary>
    public async Task<RoutingWrite> WriteAsync(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var held = Command(connection, "lock");
            await held.ExecuteNonQueryAsync(cancellation);
            return new RoutingWrite(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The latest version of every script.</summary>
    public Task<List<RoutingVersion>> LatestScriptsAsync(CancellationToken cancellation) =>
        WithAsync(connection => ReadVersionsAsync(connection, "latest_scripts", cancellation), cancellation);

    /// <summary>The latest first; those of the setup without their texts.</summary>
    public Task<List<RoutingVersion>> VersionsAsync(RoutingItem item, CancellationToken cancellation) =>
        WithAsync(connection => ReadVersionsAsync(connection, "versions", cancellation, item.Kind, item.Name), cancellation);

    public async Task<RoutingVersion?> FindAsync(RoutingVersionId id, CancellationToken cancellation) =>
        (await WithAsync(connection => ReadTextsAsync(connection, [id], cancellation), cancellation)).SingleOrDefault();

    /// <summary>In the order in which they were asked for.</summary>
    public Task<List<RoutingActivation>> HistoryAsync(CancellationToken cancellation) =>
        WithAsync(connection => ReadActivationsAsync(connection, cancellation), cancellation);

    /// <summary>Has somebody told that these versions do not decide; once, however often and by however many nodes it is found.</summary>
    public async Task TellAsync(IReadOnlyList<ScriptFault> faults, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Routing/script_fault.tell"));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Hook)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. faults.Select(fault => fault.Version)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Stage.ToString())] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. faults.Select(fault => fault.Message)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. faults.Select(_ => now.UtcDateTime)] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static async Task<RoutingHeads> ReadHeadsAsync(NpgsqlConnection connection, RoutingHeads known, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var count = Command(connection, "rows");
        var rows = (long)(await count.ExecuteScalarAsync(cancellation))!;
        if (rows == known.Rows)
        {
            return known;
        }

        var activations = await ReadActivationsAsync(connection, cancellation);
        var needed = RoutingHeads.NeededFrom(now, activations);
        var versions = known.Versions.Where(it => needed.Contains(it.Key)).ToDictionary();
        foreach (var version in await ReadTextsAsync(connection, [.. needed.Where(id => !versions.ContainsKey(id))], cancellation))
        {
            versions.Add(version.Id, version);
        }

        return new RoutingHeads(rows, activations, versions);
    }

    internal static Task<List<RoutingVersion>> ReadTextsAsync(NpgsqlConnection connection, IReadOnlyList<RoutingVersionId> ids, CancellationToken cancellation) =>
        ids.Count == 0
            ? Task.FromResult<List<RoutingVersion>>([])
            : ReadVersionsAsync(
                connection, "texts", cancellation,
                ids.Select(id => id.Item.Kind).ToArray(), ids.Select(id => id.Item.Name).ToArray(), ids.Select(id => id.Version).ToArray());

    internal static async Task<List<RoutingActivation>> ReadActivationsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = Command(connection, "activations");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var all = new List<RoutingActivation>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(new RoutingActivation(
                row.GetInt64(0), RoutingItem.Of(row.GetString(1), row.GetString(2)), row.GetInt32(3), row.GetInt32(4), row.GetMoment(5),
                row.GetBoolean(6), row.GetString(7), row.GetString(8), row.GetMoment(9))
            {
                Approval = row.IsDBNull(10) ? null : new RoutingVerdict(row.GetString(10), row.GetMoment(11)),
                Withdrawal = row.IsDBNull(12) ? null : new RoutingVerdict(row.GetString(12), row.GetMoment(13)),
            });
        }

        return all;
    }

    internal static RoutingVersion ReadVersion(NpgsqlDataReader row) => new(
        RoutingItem.Of(row.GetString(0), row.GetString(1)), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetMoment(6));

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string statement, params object[] values)
    {
        var command = new NpgsqlCommand(Sql.Get($"Routing/routing.{statement}"), connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<List<RoutingVersion>> ReadVersionsAsync(
        NpgsqlConnection connection, string statement, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, statement, values);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var all = new List<RoutingVersion>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(ReadVersion(row));
        }

        return all;
    }

    private async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await read(connection);
    }
}
