using Npgsql;

namespace PaymentEngine.Store.Numbers;

/// <summary>
/// Notices that the database is not where it was, restored from a backup or taken over by a standby, and then begins
/// an era: numbers go on where no earlier life of the database has been. Every block of numbers is preceded by the
/// same look; here it is taken before anything is done at all, and while nobody needs numbers.
/// </summary>
public sealed class NumberEras(NpgsqlDataSource database)
{
    /// <summary>True when an era began at this moment.</summary>
    public async Task<bool> KeepAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Numbers/numbers.keep_era"));
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>For a copy that cannot be told from its original, and for whoever is in doubt.</summary>
    public async Task BeginAsync(string why, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Numbers/numbers.begin_era"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = why });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
