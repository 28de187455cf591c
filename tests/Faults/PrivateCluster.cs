using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace PaymentEngine.Tests.Faults;

/// <summary>A PostgreSQL server of a test's own, made as every other of the project, that can be stopped, killed and spoiled.</summary>
public sealed partial class PrivateCluster : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("payment-engine-cluster-").FullName;
    private string _connectionString = string.Empty;
    private int _databases;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync() => await ScriptAsync("destroy");

    /// <summary>Starts the server, or starts it again where it was.</summary>
    public async Task StartAsync() => _connectionString = (await ScriptAsync("start")).Trim();

    /// <summary>An orderly stop: the server waits for nobody, and loses nothing.</summary>
    public Task StopAsync() => ScriptAsync("stop");

    /// <summary>kill -9 of the postmaster. Its children notice as soon as they have nothing to do.</summary>
    public async Task KillAsync() => await KillAsync((await StatusAsync()).Pid);

    /// <summary>kill -9 of a child: the server ends all others where they stand, and recovers as after a power cut.</summary>
    public async Task CrashAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await KillAsync(connection.ProcessID);
    }

    /// <summary>Settings for the next start, on top of those that all clusters have.</summary>
    public async Task ConfigureAsync(string settings) =>
        await File.WriteAllTextAsync(Path.Combine((await StatusAsync()).Data, "local.conf"), settings + "\n");

    /// <summary>A new database, which goes with the cluster.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"fault_{++_databases}";
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return TestDatabase.On(new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString);
    }

    private static async Task KillAsync(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task<(int Pid, string Data)> StatusAsync()
    {
        var status = Status().Match(await ScriptAsync("status"));
        return (int.Parse(status.Groups["pid"].ValueSpan), status.Groups["data"].Value);
    }

    private async Task<string> ScriptAsync(string command)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "postgres"), [command, _directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var output = new ProcessOutput(script);
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? output.Output
            : throw new InvalidOperationException($"scripts/postgres {command} ended with {script.ExitCode}: {output.Errors}");
    }

    [GeneratedRegex(@"pid (?<pid>\d+), data in (?<data>.+)")]
    private static partial Regex Status();
}
