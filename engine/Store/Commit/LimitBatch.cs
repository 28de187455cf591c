using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The limits' part of a batch (C4): counts unit by unit in memory, and writes each portion once. A unit that the
/// lane's own portions cannot vouch for is put off to a transaction that locks its counters whole; there it fits or is
/// refused.
/// </summary>
internal sealed class LimitBatch(int lane)
{
    private readonly CounterLocks _counters = new(lane);

    // Of the unit that was counted last.
    private readonly List<(HeldCounter Counter, long Amount)> _returned = [];
    private readonly List<(HeldCounter Counter, long Amount)> _taken = [];

    private readonly BulkRows<(HeldCounter Counter, LimitPortion Portion)> _written = new BulkRows<(HeldCounter Counter, LimitPortion Portion)>()
        .Bigint(r => r.Counter.Id)
        .Smallint(r => r.Portion.Number)
        .Bigint(r => r.Portion.AmountUsed)
        .Bigint(r => r.Portion.CountUsed)
        .NullableBigint(r => r.Portion.AmountShare)
        .NullableBigint(r => r.Portion.CountShare)
        .NullableBigint(r => r.Counter.MostAmount)
        .NullableBigint(r => r.Counter.MostCount);

    public void Load(IReadOnlyList<PendingUnit> units) => _counters.Load(units);

    public void AddTo(NpgsqlBatch batch) => _counters.AddTo(batch);

    public Task ReadAsync(NpgsqlDataReader reader) => _counters.ReadAsync(reader);

    /// <summary>Counts all that the unit returns and takes, or nothing; then the unit has left.</summary>
    public bool TryCount(PendingUnit pending)
    {
        _returned.Clear();
        _taken.Clear();
        var unit = pending.Unit;
        foreach (var order in unit.LimitsReturned)
        {
            foreach (var counter in _counters.Of(order))
            {
                counter.Return(order.Amount.Minor, 1);
                _returned.Add((counter, order.Amount.Minor));
            }
        }

        foreach (var order in unit.LimitsTakenAgain)
        {
            foreach (var counter in _counters.Of(order))
            {
                Take(counter, order.Amount.Minor);
            }
        }

        foreach (var (order, _) in unit.LimitsTaken)
        {
            order.LimitCounters = [];
        }

        foreach (var (order, claim) in unit.LimitsTaken)
        {
            var counter = _counters.Of(claim);
            var fits = counter.Fits(order.Amount.Minor, claim);
            if (fits is not true)
            {
                TakeBack();
                Leave(pending, claim.Counter, isCertain: fits is not null);
                return false;
            }

            Take(counter, order.Amount.Minor);
            order.LimitCounters = order.LimitCounters.Add(counter.Id);
        }

        return true;
    }

    /// <summary>The unit that was counted last does not commit.</summary>
    public void TakeBack()
    {
        foreach (var (counter, amount) in _taken)
        {
            counter.Take(-amount, -1);
        }

        foreach (var (counter, amount) in _returned)
        {
            counter.Return(-amount, -1);
        }
    }

    public void AddWritesTo(NpgsqlBatch batch)
    {
        _written.Clear();
        foreach (var counter in _counters.Held)
        {
            if (counter.IsChanged)
            {
                counter.Deal();
                foreach (var portion in counter.Held)
                {
                    _written.Add((counter, portion));
                }
            }
        }

        _written.AddTo(batch, Sql.Get("Limits/limit.write"));
    }

    private static void Leave(PendingUnit pending, LimitCounter counter, bool isCertain)
    {
        if (isCertain)
        {
            pending.Leave(new CommitResult.LimitReached(counter));
        }
        else if (pending.NeedsWholeCounters)
        {
            throw new InvalidOperationException($"{counter} was to be locked as a whole and was not");
        }
        else
        {
            pending.PutOff();
        }
    }

    private void Take(HeldCounter counter, long amount)
    {
        counter.Take(amount, 1);
        _taken.Add((counter, amount));
    }
}
