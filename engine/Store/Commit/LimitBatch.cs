using Npgsql;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The limits' part of a batch (C4): makes the counters that are missing, locks the lane's own portions in sorted
/// order, counts unit by unit in memory, and writes each portion once. A unit that its own portions cannot vouch for is
/// put off to a transaction that locks its counters whole, and there it fits or is refused. So is, from the start, what
/// is taken again without being asked whether it fits.
/// </summary>
internal sealed class LimitBatch(int lane)
{
    /// <summary>Of a counter of which many take at once.</summary>
    private const short Portions = 16;

    private readonly Dictionary<LimitCounter, Wanted> _claimed = [];
    private readonly Dictionary<long, Wanted> _known = [];
    private readonly List<Wanted> _all = [];
    private readonly Dictionary<long, HeldCounter> _held = [];
    private readonly List<(HeldCounter Counter, long Amount)> _returned = [];
    private readonly List<(HeldCounter Counter, long Amount)> _taken = [];

    private readonly BulkRows<LimitClaim> _missing = new BulkRows<LimitClaim>()
        .Integer(c => c.Counter.Channel)
        .Text(c => c.Counter.Interface)
        .Text(c => c.Counter.Limit)
        .Text(c => c.Counter.Subject)
        .Day(c => c.Counter.Period)
        .Smallint(c => c.IsBusy ? Portions : (short)1);

    private readonly BulkRows<Wanted> _wanted = new BulkRows<Wanted>()
        .NullableBigint(w => w.Id)
        .Integer(w => w.Counter.Channel)
        .Text(w => w.Counter.Interface)
        .Text(w => w.Counter.Limit)
        .Text(w => w.Counter.Subject)
        .Day(w => w.Counter.Period)
        .Boolean(w => w.IsWhole);

    private readonly BulkRows<(HeldCounter Counter, LimitPortion Portion)> _written = new BulkRows<(HeldCounter Counter, LimitPortion Portion)>()
        .Bigint(r => r.Counter.Id)
        .Smallint(r => r.Portion.Number)
        .Bigint(r => r.Portion.AmountUsed)
        .Bigint(r => r.Portion.CountUsed)
        .NullableBigint(r => r.Portion.AmountShare)
        .NullableBigint(r => r.Portion.CountShare)
        .NullableBigint(r => r.Counter.MostAmount)
        .NullableBigint(r => r.Counter.MostCount);

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _claimed.Clear();
        _known.Clear();
        _all.Clear();
        _held.Clear();
        _missing.Clear();
        _wanted.Clear();
        foreach (var pending in units)
        {
            foreach (var (_, claim) in pending.Unit.LimitsTaken)
            {
                Claimed(claim).IsWhole |= pending.NeedsWholeCounters;
            }

            foreach (var order in pending.Unit.LimitsReturned)
            {
                Known(order, isWhole: false);
            }

            foreach (var order in pending.Unit.LimitsTakenAgain)
            {
                Known(order, isWhole: true);
            }
        }

        _all.ForEach(_wanted.Add);
    }

    public void AddTo(NpgsqlBatch batch)
    {
        _missing.AddTo(batch, Sql.Get("Limits/limit.create"));
        _wanted.AddTo(batch, Sql.Get("Limits/limit.lock"))?.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane });
    }

    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        if (_all.Count == 0)
        {
            return;
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var (id, portions) = (reader.GetInt64(1), reader.GetInt16(2));
            if (!_held.TryGetValue(id, out var counter))
            {
                _held.Add(id, counter = new HeldCounter(id, portions, lane % portions));
            }

            _all[reader.GetInt32(0) - 1].Held = counter;
            var portion = new LimitPortion
            {
                Number = reader.GetInt16(3),
                AmountUsed = reader.GetInt64(4),
                CountUsed = reader.GetInt64(5),
                AmountShare = reader.GetNullableLong(6),
                CountShare = reader.GetNullableLong(7),
            };
            counter.Hold(portion, reader.GetNullableLong(8), reader.GetNullableLong(9));
        }
    }

    /// <summary>Counts all that the unit takes and returns, or nothing; then the unit has left.</summary>
    public bool TryCount(PendingUnit pending)
    {
        _returned.Clear();
        _taken.Clear();
        var unit = pending.Unit;
        foreach (var order in unit.LimitsReturned)
        {
            foreach (var counter in HeldOf(order))
            {
                counter.Return(order.Amount.Minor, 1);
                _returned.Add((counter, order.Amount.Minor));
            }
        }

        foreach (var order in unit.LimitsTakenAgain)
        {
            foreach (var counter in HeldOf(order))
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
            var counter = _claimed[claim.Counter].Held ?? throw new InvalidOperationException($"{claim.Counter} is not there");
            var fits = counter.Fits(order.Amount.Minor, claim);
            if (fits is not true)
            {
                TakeBack();
                Leave(pending, claim.Counter, isKnown: fits is not null);
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
        foreach (var counter in _held.Values)
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

    private static void Leave(PendingUnit pending, LimitCounter counter, bool isKnown)
    {
        if (isKnown)
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

    private Wanted Claimed(LimitClaim claim)
    {
        if (!_claimed.TryGetValue(claim.Counter, out var wanted))
        {
            _claimed.Add(claim.Counter, wanted = new Wanted { Counter = claim.Counter });
            _all.Add(wanted);
            _missing.Add(claim);
        }

        return wanted;
    }

    private void Known(InstitutionOrder order, bool isWhole)
    {
        foreach (var id in order.LimitCounters)
        {
            if (!_known.TryGetValue(id, out var wanted))
            {
                _known.Add(id, wanted = new Wanted { Id = id });
                _all.Add(wanted);
            }

            wanted.IsWhole |= isWhole;
        }
    }

    /// <summary>A counter whose period is long over may have been forgotten; then nobody asks any more.</summary>
    private IEnumerable<HeldCounter> HeldOf(InstitutionOrder order)
    {
        foreach (var id in order.LimitCounters)
        {
            if (_held.TryGetValue(id, out var counter))
            {
                yield return counter;
            }
        }
    }

    private void Take(HeldCounter counter, long amount)
    {
        counter.Take(amount, 1);
        _taken.Add((counter, amount));
    }

    /// <summary>A counter that the batch needs, by what it counts or by its id.</summary>
    private sealed class Wanted
    {
        public long? Id { get; init; }

        public LimitCounter Counter { get; init; }

        public bool IsWhole { get; set; }

        public HeldCounter? Held { get; set; }
    }
}
