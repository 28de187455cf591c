using Microsoft.Extensions.Logging;
using Npgsql;

namespace PaymentEngine.Store.Startup;

/// <summary>Applies the numbered migrations that a database lacks, one transaction each; several nodes may start at once.</summary>
public sealed class Migrator(NpgsqlDataSource database, ILogger<Migrator> log)
{
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var file in Sql.FilesIn("Migrations"))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await RunAsync(connection, Sql.Get("Startup/migration.begin"), cancellation);
            var number = int.Parse(Path.GetFileName(file)[..4]);
            await using var claim = new NpgsqlCommand(Sql.Get("Startup/migration.claim"), connection);
            claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
            claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Path.GetFileNameWithoutExtension(file) });
            if (await claim.ExecuteNonQueryAsync(cancellation) == 1)
            {
                await RunAsync(connection, Sql.File(file), cancellation);
                log.LogInformation("applied migration {Migration}", file);
            }

            await transaction.CommitAsync(cancellation);
        }

        // Functions and types that a migration made are known to new connections only.
        await connection.ReloadTypesAsync(cancellation);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
