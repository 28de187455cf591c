using System.Diagnostics;
using Npgsql;
using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>
/// The real PostgreSQL of the tests: the server that the environment names (./test sets it), or the clone's own test
/// cluster, which is started when nobody has. Databases carry the id of the process that made them, so that those of
/// a run that was killed are found and dropped by the next.
/// </summary>
public static class PostgresServer
{
    public const string Variable = "PAYMENT_ENGINE_TEST_POSTGRES";

    private const string Prefix = "engine_test_";

    private static readonly Lazy<Task<string>> Server = new(FindAsync);

    private static int _databases;

    /// <summary>Creates a database, empty or as a copy, and returns its connection string.</summary>
    public static async Task<string> CreateAsync(string? template = null)
    {
        var server = await Server.Value;
        var name = $"{Prefix}{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server, $"create database {name} template {template ?? "template0"}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public static async Task DropAsync(string connectionString) =>
        await ExecuteAsync(await Server.Value, $"drop database {NameOf(connectionString)} with (force)");

    public static string NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private static async Task<string> FindAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : await StartOwnAsync();
        await DropWhatIsLeftAsync(server);
        return server;
    }

    private static async Task<string> StartOwnAsync()
    {
        const string Cluster = ".data/test-postgres";
        Console.Error.WriteLine($"{Variable} is not set: using the cluster {Cluster}; it stays until scripts/postgres stop {Cluster}");
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "postgres"), ["start", Path.Combine(Repository.Root, Cluster)])
        {
            RedirectStandardOutput = true,
        };
        using var script = Process.Start(start) ?? throw new InvalidOperationException("scripts/postgres cannot be started");
        var connection = (await script.StandardOutput.ReadToEndAsync()).Trim();
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? connection
            : throw new InvalidOperationException($"scripts/postgres start {Cluster} ended with {script.ExitCode}");
    }

    private static async Task DropWhatIsLeftAsync(string server)
    {
        foreach (var name in await NamesAsync(server))
        {
            var maker = int.Parse(name[Prefix.Length..].Split('_')[0]);
            if (maker != Environment.ProcessId && !Directory.Exists($"/proc/{maker}"))
            {
                // Another test process that starts at this moment may be sweeping too.
                await ExecuteAsync(server, $"drop database if exists {name} with (force)");
            }
        }
    }

    private static async Task<List<string>> NamesAsync(string server)
    {
        await using var connection = await OpenAsync(server);
        await using var command = new NpgsqlCommand($"select datname from pg_database where datname ~ '^{Prefix}[0-9]+_'", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = await OpenAsync(server);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(string server)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
