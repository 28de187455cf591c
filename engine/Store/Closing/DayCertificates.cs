using Npgsql;
using PaymentEngine.Store.Audit;

namespace PaymentEngine.Store.Closing;

/// <summary>Holds closed days against their certificates: every entry again, and the chain from day to day.</summary>
internal static class DayCertificates
{
    public static async Task<Finding> VerifyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var days = new List<(DateOnly Day, byte[] Digest, byte[]? Previous)>();
        await using (var command = new NpgsqlCommand(Sql.Get("Closing/closing.certified"), connection))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                days.Add((rows.GetFieldValue<DateOnly>(0), rows.GetFieldValue<byte[]>(1), rows.IsDBNull(2) ? null : rows.GetFieldValue<byte[]>(2)));
            }
        }

        var wrong = 0L;
        string? example = null;
        byte[]? before = null;
        foreach (var (day, digest, previous) in days)
        {
            var isWhole = (previous ?? []).AsSpan().SequenceEqual(before ?? [])
                && (await DayDigest.OfAsync(connection, day, previous, cancellation)).AsSpan().SequenceEqual(digest);
            if (!isWhole)
            {
                wrong++;
                example ??= $"day {day:yyyy-MM-dd}";
            }

            before = digest;
        }

        return new Finding("the entries of a closed day are those of its certificate", days.Count, wrong, example);
    }
}
