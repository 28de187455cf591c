using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Locks the trades that a batch changes and compares their versions with those that the units were decided on.
/// </summary>
internal sealed class TradeLocks
{
    private readonly SortedDictionary<DateOnly, List<long>> _ids = [];
    private readonly Dictionary<long, PendingUnit> _units = [];

    /// <summary>Trades that somebody else holds are passed over.</summary>
    public bool PassesBusy { get; set; }

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _ids.Clear();
        _units.Clear();
        foreach (var pending in units)
        {
            if (pending.Unit.OpensTrade)
            {
                continue;
            }

            var trade = pending.Unit.Family.Trade.Id;
            if (!_ids.TryGetValue(trade.Day, out var ids))
            {
                _ids.Add(trade.Day, ids = []);
            }

            ids.Add(trade.Value);
            _units.Add(trade.Value, pending);
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var (day, ids) in _ids)
        {
            var command = new NpgsqlBatchCommand(Sql.Get(PassesBusy ? "Orders/trade_order.lock_free" : "Orders/trade_order.lock", day));
            command.Parameters.Add(new NpgsqlParameter<List<long>> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Reads one result per day. A trade that does not come back does not exist, or is busy: a conflict too.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        for (var day = 0; day < _ids.Count; day++)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                if (_units.Remove(reader.GetInt64(0), out var pending) && pending.Unit.BaseVersion != reader.GetInt32(1))
                {
                    pending.Leave(CommitResult.VersionConflict.Instance);
                }
            }
        }

        foreach (var pending in _units.Values)
        {
            pending.Leave(CommitResult.VersionConflict.Instance);
        }
    }
}
