using Npgsql;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>The chart of accounts, read anew and kept for as long as it is the same.</summary>
public sealed class ChartStore(NpgsqlDataSource database)
{
    private volatile Chart? _known;

    public async Task<Chart> ReadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await ReadAsync(connection, cancellation);
    }

    internal async Task<Chart> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(Sql.Get("GeneralLedger/chart.subjects")), new(Sql.Get("GeneralLedger/chart.account_kinds")) },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var subjects = new List<Subject>();
        while (await rows.ReadAsync(cancellation))
        {
            subjects.Add(new Subject(
                rows.GetString(0),
                rows.GetInt16(1),
                rows.GetNullableString(2),
                rows.GetString(3),
                rows.GetString(4),
                Enum.Parse<LedgerSide>(rows.GetString(5)),
                rows.GetNullableString(6) is { } role ? Enum.Parse<ReserveRole>(role) : null));
        }

        await rows.NextResultAsync(cancellation);
        var kinds = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            kinds.Add(rows.GetString(0));
        }

        var chart = new Chart(subjects, kinds);
        return _known is { } known && known.IsSameAs(chart) ? known : _known = chart;
    }
}
