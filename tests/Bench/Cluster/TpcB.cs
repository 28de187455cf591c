using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Cluster;

internal sealed record TpcBFigures(int Scale, int Seconds, double PerSecond, double AverageLatencyMs, double OtherProcessors);

/// <summary>
/// The yardstick: what this machine and these settings give to PostgreSQL's own benchmark, over the same kind of
/// connection and in the same run.
/// </summary>
internal static partial class TpcB
{
    private const string Database = "tpcb";
    private const int Clients = 32;
    private const int Threads = 2;

    public static async Task<TpcBFigures> RunAsync(PostgresCluster cluster, int postmasterId, int scale, int seconds, CancellationToken cancellation)
    {
        await using (await cluster.CreateDatabaseAsync(Database, cancellation))
        {
            await PgBenchAsync(cluster, ["-i", "-q", "-s", $"{scale}"], cancellation);
            var bystanders = new Bystanders(postmasterId);
            var output = await PgBenchAsync(
                cluster, ["-M", "prepared", "-c", $"{Clients}", "-j", $"{Threads}", "-T", $"{seconds}"], cancellation);
            var otherProcessors = bystanders.Processors();
            var text = string.Join('\n', output);
            // Dropping ends with a checkpoint, so that the engine does not pay for these pages.
            await cluster.DropDatabaseAsync(Database, cancellation);
            return new TpcBFigures(scale, seconds, Number(Rate(), text), Number(AverageLatency(), text), otherProcessors);
        }
    }

    private static async Task<IReadOnlyList<string>> PgBenchAsync(PostgresCluster cluster, string[] arguments, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString);
        string[] target = ["-h", connection.Host ?? "localhost", "-p", $"{connection.Port}", "-U", connection.Username ?? "engine"];
        await using var pgbench = ChildProcess.Start(
            Path.Combine(cluster.BinDirectory, "pgbench"),
            [.. arguments, .. target, Database],
            ("PGPASSWORD", connection.Password ?? ""));
        return await pgbench.SucceedAsync("pgbench", cancellation);
    }

    private static double Number(Regex pattern, string text) => pattern.Match(text) is { Success: true } match
        ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidDataException($"pgbench printed no '{pattern}':\n{text}");

    [GeneratedRegex(@"^tps = ([0-9.]+) \(without initial connection time\)", RegexOptions.Multiline)]
    private static partial Regex Rate();

    [GeneratedRegex("^latency average = ([0-9.]+) ms", RegexOptions.Multiline)]
    private static partial Regex AverageLatency();
}
