using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Failpoints;

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
            await ApplyAsync(connection, file, cancellation);
            Failpoints.Pass(Failpoint.BeforeMigration);
            await transaction.CommitAsync(cancellation);
            Failpoints.Pass(Failpoint.AfterMigration);
        }

        // Functions and types that a migration made are known to new connections only.
        await connection.ReloadTypesAsync(cancellation);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, string file, CancellationToken cancellation)
    {
        var number = int.Parse(Path.GetFileName(file)[..4]);
        var name = Path.GetFileNameWithoutExtension(file);
        var sql = Sql.File(file);
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(sql));

        await using var claim = new NpgsqlCommand(Sql.Get("Startup/migration.claim"), connection);
        claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        claim.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = fingerprint });
        if (await claim.ExecuteNonQueryAsync(cancellation) == 1)
        {
            await RunAsync(connection, sql, cancellation);
            log.LogInformation("applied migration {Migration}", file);
            return;
        }

        await using var isOurs = new NpgsqlCommand(Sql.Get("Startup/migration.is_ours"), connection);
        isOurs.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        isOurs.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = fingerprint });
        if (await isOurs.ExecuteScalarAsync(cancellation) is not true)
        {
            throw new UnfitDatabaseException(
                $"migration {name} was applied to it with another text; a database of a state before the first release has to be made anew");
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
