using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Startup;

/// <summary>
/// Applies the migrations that a database lacks, while nodes of this version and of the one before go on working;
/// several nodes may start at once. Refuses a database that this version does not work with, and a migration that a
/// running node does not work with.
/// </summary>
/// <param name="migrations">All that this version knows, in their order.</param>
public sealed class Migrator(NpgsqlDataSource database, IReadOnlyList<Migration> migrations, ILogger<Migrator> log)
{
    /// <summary>Since this one nodes say what they know.</summary>
    private const int NodesAreKnown = 11;

    private const int MaximumAttempts = 60;

    /// <summary>Whoever waits for a lock makes all others wait behind him: traffic stands still for this long at most.</summary>
    private const string LockTimeout = "set lock_timeout = '1s'";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public Migrator(NpgsqlDataSource database, ILogger<Migrator> log)
        : this(database, Migration.All, log)
    {
    }

    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await TakeTurnAsync(connection, cancellation);
        try
        {
            await RunAsync(connection, Sql.Get("Startup/migration.prepare"), cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            DemandFit(applied);
            foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Number)))
            {
                await DemandNoOlderNodeAsync(connection, migration, cancellation);
                await ApplyAsync(connection, migration, cancellation);
                log.LogInformation("applied migration {Migration}", migration.Name);
            }
        }
        finally
        {
            // Pooled connections keep their session, and with it the turn.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await RunAsync(connection, Sql.Get("Startup/migration.end_turn"), CancellationToken.None);
            }
        }

        // Functions and types that a migration made are known to new connections only.
        await connection.ReloadTypesAsync(cancellation);
    }

    /// <summary>Refuses a database whose history is not ours, or went on where this version cannot follow.</summary>
    private void DemandFit(Dictionary<int, AppliedMigration> applied)
    {
        foreach (var migration in migrations)
        {
            if (applied.TryGetValue(migration.Number, out var known) && !migration.Fingerprint.AsSpan().SequenceEqual(known.Fingerprint))
            {
                throw new UnfitDatabaseException(
                    $"migration {migration.Name} was applied to it with another text; a database of a state before the first release has to be made anew");
            }
        }

        var newest = migrations[^1].Number;
        if (applied.Values.FirstOrDefault(row => row.Number > newest && row.CompatibleWith > newest) is { } beyond)
        {
            throw new UnfitDatabaseException(
                $"a newer version has migrated it: {beyond.Name} works with versions that know migration {beyond.CompatibleWith:D4} or later, this one ends with {newest:D4}");
        }
    }

    private static async Task DemandNoOlderNodeAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        if (migration.Number <= NodesAreKnown)
        {
            return;
        }

        await using var ask = new NpgsqlCommand(Sql.Get("Startup/migration.older_nodes"), connection);
        ask.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.CompatibleWith });
        await using var rows = await ask.ExecuteReaderAsync(cancellation);
        var nodes = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            nodes.Add(rows.GetString(0));
        }

        if (nodes.Count > 0)
        {
            throw new UnfitDatabaseException(
                $"migration {migration.Name} does not work with the version of {string.Join(", ", nodes)}, which runs on it; stop every older node first");
        }
    }

    /// <summary>Tries again and again for the locks it needs, and leaves room for the traffic in between.</summary>
    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyOnceAsync(connection, migration, cancellation);
                return;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (attempt == MaximumAttempts)
                {
                    throw new UnfitDatabaseException($"migration {migration.Name} did not get its locks in {attempt} attempts: {busy.MessageText}");
                }

                log.LogInformation("migration {Migration} waits for its locks: {Reason}", migration.Name, busy.MessageText);
                await Task.Delay(attempt * Pause < LongestPause ? attempt * Pause : LongestPause, cancellation);
            }
        }
    }

    private static async Task ApplyOnceAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        // Building an index concurrently waits for old transactions, and holds up nobody meanwhile.
        await RunAsync(connection, migration.InTransaction ? LockTimeout : "set lock_timeout = 0", cancellation);
        await using var transaction = migration.InTransaction ? await connection.BeginTransactionAsync(cancellation) : null;
        foreach (var statement in migration.Statements)
        {
            await RunAsync(connection, statement, cancellation);
        }

        await using var note = new NpgsqlCommand(Sql.Get("Startup/migration.note"), connection);
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
        note.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = migration.Fingerprint });
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.CompatibleWith });
        await note.ExecuteNonQueryAsync(cancellation);
        if (transaction is not null)
        {
            Failpoints.Pass(Failpoint.BeforeMigration);
            await transaction.CommitAsync(cancellation);
            Failpoints.Pass(Failpoint.AfterMigration);
        }
    }

    private static async Task TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand(Sql.Get("Startup/migration.take_turn"), connection);
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (await take.ExecuteScalarAsync(cancellation) is not true)
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new UnfitDatabaseException($"another node has been migrating it for {Patience.TotalMinutes} minutes");
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private static async Task<Dictionary<int, AppliedMigration>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Startup/migration.applied"), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, AppliedMigration>();
        while (await rows.ReadAsync(cancellation))
        {
            var fingerprint = await rows.IsDBNullAsync(2, cancellation) ? [] : rows.GetFieldValue<byte[]>(2);
            applied.Add(rows.GetInt32(0), new AppliedMigration(rows.GetInt32(0), rows.GetString(1), fingerprint, rows.GetInt32(3)));
        }

        return applied;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // However long it takes: a change that was cut short would only begin again.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record AppliedMigration(int Number, string Name, byte[] Fingerprint, int CompatibleWith);
}
