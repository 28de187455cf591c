using Npgsql;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>The day partitions that a batch touches: nearly always one, two around midnight.</summary>
internal sealed class DaySet
{
    private readonly SortedDictionary<DateOnly, DayTables> _days = [];

    public DayTables Of(UnitOfWork unit)
    {
        var day = unit.Family.Trade.Id.Day;
        if (!_days.TryGetValue(day, out var tables))
        {
            _days.Add(day, tables = new DayTables());
        }

        return tables;
    }

    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var (day, tables) in _days)
        {
            tables.AddTo(batch, day);
        }
    }

    public void Clear()
    {
        // A few days are kept with their grown arrays; a flood of late work on many old days is not.
        if (_days.Count > 4)
        {
            _days.Clear();
        }

        foreach (var tables in _days.Values)
        {
            tables.Clear();
        }
    }
}
