using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Payments;

/// <summary>The engine's orders, counted in its database.</summary>
internal static class Trades
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);

    /// <summary>Payments fully done between two moments, and how long each took from its creation.</summary>
    public static Task<Latency> PaidBetweenAsync(this NpgsqlDataSource database, DateTime from, DateTime until, CancellationToken cancellation) =>
        WindowAsync(database, "paid-in-window", from, until, cancellation);

    /// <summary>Payments of which the merchant was told between two moments, and how long each took from its creation.</summary>
    public static Task<Latency> ToldBetweenAsync(this NpgsqlDataSource database, DateTime from, DateTime until, CancellationToken cancellation) =>
        WindowAsync(database, "told-in-window", from, until, cancellation);

    public static Task<(long Existing, long UnderWay)> CountTradesAsync(this NpgsqlDataSource database, CancellationToken cancellation) =>
        database.SingleAsync("existing-trades", [], row => (row.GetInt64(0), row.GetInt64(1)), cancellation);

    /// <summary>Waits until nothing is under way; the seconds it took, or null when it did not end in time.</summary>
    public static async Task<double?> DrainAsync(this NpgsqlDataSource database, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < DrainPatience)
        {
            var (_, underWay) = await database.CountTradesAsync(cancellation);
            if (underWay == 0)
                return watch.Elapsed.TotalSeconds;
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }

        return null;
    }

    private static Task<Latency> WindowAsync(
        NpgsqlDataSource database, string statement, DateTime from, DateTime until, CancellationToken cancellation) =>
        database.SingleAsync(
            statement,
            [from, until],
            row => new Latency(row.GetInt64(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
            cancellation);
}
