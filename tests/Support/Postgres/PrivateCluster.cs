using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using PaymentEngine.Tests.Support.Faults;
using PaymentEngine.Tests.Support.Processes;
using Xunit;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>A PostgreSQL server of a test's own, made as every other of the project, that can be stopped, killed and spoiled.</summary>
public sealed partial class PrivateCluster : IAsyncLifetime
{
    private readonly SmallDisk? _disk;
    private readonly string _directory;
    private string _connectionString = string.Empty;
    private int _databases;

    public PrivateCluster() => _directory = Directory.CreateTempSubdirectory("payment-engine-cluster-").FullName;

    private PrivateCluster(SmallDisk disk) => (_disk, _directory) = (disk, disk.Directory);

    /// <summary>With everything it has on this disk, which must outlive it.</summary>
    public static PrivateCluster On(SmallDisk disk) => new(disk);

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync() => await ScriptAsync("destroy");

    /// <summary>Starts the server, or starts it again where it was.</summary>
    public async Task StartAsync() => _connectionString = (await ScriptAsync("start")).Trim();

    /// <summary>An orderly stop: the server waits for nobody, and loses nothing.</summary>
    public Task StopAsync() => ScriptAsync("stop");

    /// <summary>kill -9 of the postmaster. Its children notice as soon as they have nothing to do.</summary>
    public async Task KillAsync() => await KillAsync((await StatusAsync()).Pid);

    /// <summary>kill -9 of the postmaster and all its children at once.</summary>
    public async Task KillAllAsync()
    {
        var (pid, _) = await StatusAsync();
        using var postmaster = Process.GetProcessById(pid);
        // Frozen, it makes no more children.
        await Signals.SendAsync("STOP", pid);
        await Signals.SendAsync("KILL", Signals.Family(pid));
        await postmaster.WaitForExitAsync();
    }

    /// <summary>What pg_ctl stop -m immediate does: all end where they stand, and the next start recovers.</summary>
    public async Task StopImmediatelyAsync()
    {
        using var postmaster = Process.GetProcessById((await StatusAsync()).Pid);
        await Signals.SendAsync("QUIT", postmaster.Id);
        await postmaster.WaitForExitAsync();
    }

    /// <summary>kill -9 of a child: the server ends all others where they stand, and recovers as after a power cut.</summary>
    public async Task CrashAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await KillAsync(connection.ProcessID);
    }

    /// <summary>Stops the server and every session where they stand: connections stay, and nobody answers.</summary>
    public async Task FreezeAsync()
    {
        var (pid, _) = await StatusAsync();
        await Signals.SendAsync("STOP", pid);
        await Signals.SendAsync("STOP", Signals.Family(pid));
    }

    public async Task ThawAsync() => await Signals.SendAsync("CONT", Signals.Family((await StatusAsync()).Pid));

    /// <summary>Returns when the server takes statements, whatever it has to recover from first.</summary>
    public Task AnswersAsync() => Eventually.BecomesTrueAsync(CanConnectAsync, "the database server answers");

    /// <summary>Settings for the next start, on top of those that all clusters have.</summary>
    public async Task ConfigureAsync(string settings) =>
        await File.WriteAllTextAsync(FromOutside(Path.Combine((await StatusAsync()).Data, "local.conf")), settings + "\n");

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

    private string FromOutside(string path) => _disk is null ? path : _disk.FromOutside(path);

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Before the cluster goes: many runs would fill the disk.</summary>
    public async Task DropDatabaseAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database {PostgresServer.NameOf(database.ConnectionString)} with (force)", connection);
        await drop.ExecuteNonQueryAsync();
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
        string[] words = [.. _disk?.Entrance ?? [], Path.Combine(Repository.Root, "scripts", "postgres"), command, _directory];
        var start = new ProcessStartInfo(words[0], words[1..])
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
