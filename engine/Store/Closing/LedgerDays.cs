using System.Text.Json;
using Npgsql;

namespace PaymentEngine.Store.Closing;

/// <summary>The days of the ledger as people see them: closed with a certificate, refused with reasons, waiting, current.</summary>
public sealed class LedgerDays(NpgsqlDataSource database)
{
    /// <param name="before">Days before this one; null for the newest.</param>
    public async Task<IReadOnlyList<LedgerDayRecord>> ListAsync(DateOnly? before, int limit, CancellationToken cancellation)
    {
        var today = await TodayAsync(cancellation);
        await using var command = database.CreateCommand(Sql.Get("Closing/closing.days"));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var days = new List<LedgerDayRecord>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var day = rows.GetFieldValue<DateOnly>(0);
            var certificate = rows.IsDBNull(6) ? null : JsonSerializer.Deserialize(rows.GetString(6), CertificateJson.Default.DayCertificate);
            var refusals = rows.GetFieldValue<string[]>(9).Zip(rows.GetFieldValue<string[]>(10), (reason, detail) => (reason, detail)).ToList();
            days.Add(new LedgerDayRecord(day, day == today, rows.GetNullableMoment(1), certificate, refusals));
        }

        return days;
    }

    public async Task<DateOnly> TodayAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Closing/closing.today"));
        return (DateOnly)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

/// <param name="IsCurrent">It is the one that is posted on.</param>
/// <param name="Refusals">Why it could not be closed when that was last tried.</param>
public sealed record LedgerDayRecord(
    DateOnly Day, bool IsCurrent, DateTimeOffset? ClosedAt, DayCertificate? Certificate, IReadOnlyList<(string Reason, string Detail)> Refusals);
