using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Inbox;

/// <summary>Rows of one bulk statement, by the day partitions in which they lie: nearly always today's.</summary>
internal sealed class DayRows<TRow>(string statement, Func<TRow, OrderId> id, Func<BulkRows<TRow>> columns)
{
    private const int DaysKept = 4;

    private readonly SortedDictionary<DateOnly, BulkRows<TRow>> _days = [];

    public void Add(TRow row)
    {
        var day = id(row).Day;
        if (!_days.TryGetValue(day, out var rows))
        {
            _days.Add(day, rows = columns());
        }

        rows.Add(row);
    }

    /// <param name="more">Parameters that follow the columns, one and the same for all rows.</param>
    public void AddTo(NpgsqlBatch batch, params ReadOnlySpan<Func<NpgsqlParameter>> more)
    {
        foreach (var (day, rows) in _days)
        {
            if (rows.AddTo(batch, Sql.Get(statement, day)) is { } command)
            {
                foreach (var parameter in more)
                {
                    command.Parameters.Add(parameter());
                }
            }
        }
    }

    public void Clear()
    {
        // A few days are kept with their grown arrays; a flood of late work on many old days is not.
        if (_days.Count > DaysKept)
        {
            _days.Clear();
        }

        foreach (var rows in _days.Values)
        {
            rows.Clear();
        }
    }
}
