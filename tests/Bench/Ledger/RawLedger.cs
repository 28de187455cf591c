using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Cluster;

namespace PaymentEngine.Bench.Ledger;

/// <summary>
/// What the database gives to the bare rows of a four-leg posting: keys, entries, accounts, 250 postings in a transaction,
/// on one connection, with nothing decided and nobody waiting.
/// </summary>
internal static class RawLedger
{
    private const int PostingsAtOnce = 250;

    public static async Task<double> PerSecondAsync(NpgsqlDataSource database, TimeSpan time, CancellationToken cancellation)
    {
        await database.ExecuteAsync("raw-ledger-tables", [], cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var write = new NpgsqlCommand(Statements.Named("raw-ledger-batch"), connection);
        var (first, last) = (new NpgsqlParameter<long>(), new NpgsqlParameter<long>());
        write.Parameters.Add(first);
        write.Parameters.Add(last);
        await write.PrepareAsync(cancellation);
        var watch = Stopwatch.StartNew();
        var posted = 0L;
        for (; watch.Elapsed < time; posted += PostingsAtOnce)
        {
            (first.TypedValue, last.TypedValue) = (posted + 1, posted + PostingsAtOnce);
            await write.ExecuteNonQueryAsync(cancellation);
        }

        var perSecond = posted / watch.Elapsed.TotalSeconds;
        await database.ExecuteAsync("raw-ledger-drop", [], cancellation);
        return perSecond;
    }
}
