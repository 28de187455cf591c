using Npgsql;

namespace PaymentEngine.Store.Startup;

/// <summary>Refuses to run on a database that may lose what it has acknowledged.</summary>
public sealed class DurabilityCheck(NpgsqlDataSource database)
{
    private const int OldestVersion = 140_000;

    public async Task DemandAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Startup/startup.durability"));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var faults = Faults(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetBoolean(4));
        if (faults.Count > 0)
        {
            throw new UnfitDatabaseException(string.Join("; ", faults));
        }
    }

    internal static IReadOnlyList<string> Faults(string fsync, string fullPageWrites, string synchronousCommit, int version, bool isStandby)
    {
        var faults = new List<string>();
        if (fsync != "on")
        {
            faults.Add($"fsync is {fsync}, it must be on");
        }

        if (fullPageWrites != "on")
        {
            faults.Add($"full_page_writes is {fullPageWrites}, it must be on");
        }

        // "local" and "off" acknowledge what a standby, or even this disk, does not have yet.
        if (synchronousCommit is not ("on" or "remote_write" or "remote_apply"))
        {
            faults.Add($"synchronous_commit is {synchronousCommit}, it must be on");
        }

        if (version < OldestVersion)
        {
            faults.Add($"PostgreSQL {version / 10_000} is too old, 14 is needed");
        }

        if (isStandby)
        {
            faults.Add("the server is a standby");
        }

        return faults;
    }
}

/// <summary>The database is reachable and must not be used.</summary>
public sealed class UnfitDatabaseException(string faults) : Exception($"this database is not fit for payments: {faults}");
