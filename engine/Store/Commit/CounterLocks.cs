using Npgsql;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Makes the counters of limits that a batch needs and that are missing, and locks the lane's own portion of each, in
/// sorted order; all portions where a unit needs the whole counter, and where something is taken that nobody asks for.
/// </summary>
internal sealed class CounterLocks(int lane)
{
    /// <summary>Of a counter of which many take at once.</summary>
    private const short Portions = 16;

    private readonly Dictionary<LimitCounter, Wanted> _claimed = [];
    private readonly Dictionary<long, Wanted> _known = [];
    private readonly List<Wanted> _all = [];
    private readonly Dictionary<long, HeldCounter> _held = [];

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

    public IEnumerable<HeldCounter> Held => _held.Values;

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

    public HeldCounter Of(LimitClaim claim) =>
        _claimed[claim.Counter].Held ?? throw new InvalidOperationException($"{claim.Counter} is not there");

    /// <summary>What the order took of. A counter whose period is long over may have been forgotten; then nobody asks any more.</summary>
    public IEnumerable<HeldCounter> Of(InstitutionOrder order)
    {
        foreach (var id in order.LimitCounters)
        {
            if (_held.TryGetValue(id, out var counter))
            {
                yield return counter;
            }
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

    /// <summary>A counter that the batch needs, by its id or by what it counts.</summary>
    private sealed class Wanted
    {
        public long? Id { get; init; }

        public LimitCounter Counter { get; init; }

        public bool IsWhole { get; set; }

        public HeldCounter? Held { get; set; }
    }
}
