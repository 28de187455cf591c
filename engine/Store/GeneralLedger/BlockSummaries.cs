using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// Entries and lines are found by summaries of their blocks, and nobody else writes these before a table is vacuumed:
/// without them each portion would read its day from the beginning.
/// </summary>
internal sealed class BlockSummaries
{
    private static readonly string[] Tables = ["summarise_entries", "summarise_lines"];

    private readonly Dictionary<(string Table, DateOnly Day), long> _next = [];

    public async Task CatchUpAsync(NpgsqlConnection connection, IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        foreach (var day in days)
        {
            foreach (var table in Tables)
            {
                await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher." + table, day), connection)
                {
                    CommandTimeout = 0,
                    Parameters = { new() { Value = _next.GetValueOrDefault((table, day)) } },
                };
                _next[(table, day)] = (long)(await command.ExecuteScalarAsync(cancellation))!;
            }
        }
    }
}
