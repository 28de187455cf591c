using System.Diagnostics;
using Npgsql;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>How databases come to be on another machine.</summary>
public sealed partial class PrivateCluster
{
    /// <summary>
    /// Another server on a copy of this one's files as they lie on the disk. Both are as if nothing had happened:
    /// nothing in the files tells one from the other.
    /// </summary>
    /// <param name="recovering">
    /// Whether the copy begins its life as the recovery of a backup, to the end of the log that came with it.
    /// </param>
    public async Task<PrivateCluster> CopyAsync(bool recovering)
    {
        var copy = new PrivateCluster();
        await copy.StartAsync();
        var (from, to) = ((await StatusAsync()).Data, (await copy.StatusAsync()).Data);
        await Task.WhenAll(StopAsync(), copy.StopAsync());
        await RunAsync("rm", "-rf", to);
        await RunAsync("cp", "-a", from, to);
        File.Copy(Path.Combine(_directory, "password"), Path.Combine(copy._directory, "password"), overwrite: true);
        if (recovering)
        {
            await File.WriteAllTextAsync(Path.Combine(to, "local.conf"), "restore_command = 'false'\n");
            await RunAsync("cp", "-a", "-T", Path.Combine(to, "PG_VERSION"), Path.Combine(to, "recovery.signal"));
        }

        await Task.WhenAll(StartAsync(), copy.StartAsync());
        return copy;
    }

    /// <summary>A database with the name that it has in the files.</summary>
    public TestDatabase DatabaseNamed(string name) =>
        TestDatabase.On(new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString);

    /// <summary>pg_dump of one database, pg_restore into another.</summary>
    public static async Task DumpAsync(TestDatabase from, TestDatabase to)
    {
        var file = Path.GetTempFileName();
        try
        {
            await RunAsync(Tool("pg_dump"), "--format=custom", "--file", file, "--dbname", Uri(from));
            await RunAsync(Tool("pg_restore"), "--exit-on-error", "--no-owner", "--dbname", Uri(to), file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Tool(string name) => Path.Combine(
        Environment.GetEnvironmentVariable("PG_BINDIR") ?? throw new InvalidOperationException("PG_BINDIR names the directory of PostgreSQL's programs; ./test sets it"),
        name);

    private static string Uri(TestDatabase database)
    {
        var parts = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"postgresql://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
        }
    }
}
