using System.Diagnostics;
using Npgsql;

namespace PaymentEngine.Bench.Cluster;

internal static class Checkpoint
{
    /// <summary>The seconds that it took; null when the role may not issue one.</summary>
    public static async Task<double?> IssueAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await using var command = database.CreateCommand("checkpoint");
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync(cancellation);
            return watch.Elapsed.TotalSeconds;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null; // the report says that the window has none
        }
    }
}
