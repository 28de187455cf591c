using Npgsql;
using PaymentEngine.Bench.Cluster;

namespace PaymentEngine.Bench.Checks;

/// <param name="InstitutionMs">How long the institution took: shortest, median, longest of the sample.</param>
/// <param name="Violations">The first few, in words.</param>
internal sealed record JournalFigures(int Sampled, int Good, IReadOnlyList<double> InstitutionMs, IReadOnlyList<string> Violations)
{
    public bool Clean => Sampled > 0 && Good == Sampled && Violations.Count == 0;
}

/// <summary>
/// That each payment really had an institution between its two commits: by the institution's own journal the call came
/// after the trade was created and its answer before the trade was paid, and the money moved once.
/// </summary>
internal static class JournalCheck
{
    private const int SampleSize = 1_000;
    private const int ViolationsNamed = 5;

    // The database keeps microseconds and the journal may keep milliseconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    public static async Task<JournalFigures> RunAsync(
        NpgsqlDataSource database, string journalPath, IReadOnlyList<long> tradeIds, CancellationToken cancellation)
    {
        if (!File.Exists(journalPath))
            return new JournalFigures(0, 0, [], ["the institution left no journal"]);
        var sample = SpreadOver(tradeIds);
        var orders = await database.RowsAsync(
            "institution-orders",
            [sample],
            row => new PaidOrder(row.GetString(0), row.GetDateTime(1), row.GetDateTime(2)),
            cancellation);
        var records = JournalFile.Read(journalPath, orders.Select(order => order.Number));
        var violations = orders.Select(order => Judge(order, records[order.Number])).OfType<string>().ToList();
        if (orders.Count < sample.Length)
            violations.Add($"{sample.Length - orders.Count} of {sample.Length} trades have no institution order or are not paid");
        var times = records.Values
            .Where(record => record is { ReceivedAt: not null, AnsweredAt: not null })
            .Select(record => (record.AnsweredAt!.Value - record.ReceivedAt!.Value).TotalMilliseconds)
            .Order().ToList();
        return new JournalFigures(
            sample.Length,
            orders.Count(order => Judge(order, records[order.Number]) is null),
            times.Count == 0 ? [] : [times[0], times[times.Count / 2], times[^1]],
            [.. violations.Take(ViolationsNamed)]);
    }

    private static string? Judge(PaidOrder order, InstitutionRecord record) => record switch
    {
        { ReceivedAt: null } => $"{order.Number} never reached the institution",
        { AnsweredAt: null } => $"{order.Number} was never answered",
        { Executed: not 1 } => $"{order.Number} was executed {record.Executed} times",
        _ when record.ReceivedAt < order.CreatedAt - Rounding => $"{order.Number} reached the institution {Between(record.ReceivedAt, order.CreatedAt)} before its trade was created",
        _ when record.AnsweredAt > order.PaidAt + Rounding => $"{order.Number} was answered {Between(order.PaidAt, record.AnsweredAt)} after its trade was paid",
        _ => null,
    };

    private static string Between(DateTimeOffset? earlier, DateTimeOffset? later) => $"{(later - earlier)?.TotalMilliseconds:0.0} ms";

    private static long[] SpreadOver(IReadOnlyList<long> tradeIds)
    {
        var size = Math.Min(SampleSize, tradeIds.Count);
        return [.. Enumerable.Range(0, size).Select(i => tradeIds[(int)((long)i * tradeIds.Count / size)])];
    }

    private sealed record PaidOrder(string Number, DateTime CreatedAt, DateTime PaidAt);
}
