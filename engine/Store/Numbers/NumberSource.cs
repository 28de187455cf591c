using System.Collections.Concurrent;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Numbers;

/// <summary>
/// Identities and institution numbers from blocks that the database hands out (O10). A block is fetched before the one
/// in use runs short, so that a decision never waits; what a node had left when it died is never used.
/// </summary>
public sealed class NumberSource(NpgsqlDataSource database, BusinessCalendar calendar) : IOrderNumbers
{
    private const string OrderScope = "order";

    /// <summary>No decision takes more identities than this.</summary>
    private const int MostPerDecision = 64;

    private readonly ConcurrentDictionary<(string Scope, DateOnly Day), Stock> _stocks = new();

    public DateOnly DayOf(DateTimeOffset moment) => calendar.DayOf(moment);

    public OrderId NextId(DateOnly day) => OrderId.Create(day, StockOf(OrderScope, day).Next());

    public string NextInstitutionNumber(ChannelSettings channel, DateTimeOffset now)
    {
        var day = DayOf(now);
        return channel.Numbers.Format(day, StockOf(channel.NumberScope, day).Next());
    }

    /// <summary>
    /// To be awaited before a decision, which then runs without waiting: its numbers are at hand. Whoever had to wait
    /// looks again, because a crowd may have woken up with it.
    /// </summary>
    /// <param name="familyDay">The day in which the family lives.</param>
    public async ValueTask PrepareAsync(DateOnly familyDay, DateTimeOffset now, EngineDirectory directory)
    {
        while (FirstShortStock(familyDay, DayOf(now), directory) is { } stock)
        {
            await stock.FillAsync();
        }
    }

    private Stock? FirstShortStock(DateOnly familyDay, DateOnly today, EngineDirectory directory)
    {
        var orders = StockOf(OrderScope, familyDay);
        if (!orders.IsReady())
        {
            return orders;
        }

        foreach (var channel in directory.Channels)
        {
            if (channel.Enabled && StockOf(channel.NumberScope, today) is var numbers && !numbers.IsReady())
            {
                return numbers;
            }
        }

        return null;
    }

    private Stock StockOf(string scope, DateOnly day)
    {
        if (_stocks.TryGetValue((scope, day), out var stock))
        {
            return stock;
        }

        if (_stocks.Count > 1_000)
        {
            // Days that are over keep a few numbers nobody will ask for.
            foreach (var old in _stocks.Keys.Where(key => key.Day < day.AddDays(-7)))
            {
                _stocks.TryRemove(old, out _);
            }
        }

        return _stocks.GetOrAdd((scope, day), key => new Stock(database, key.Scope, key.Day));
    }

    private sealed class Stock(NpgsqlDataSource database, string scope, DateOnly day)
    {
        private const int SmallestBlock = 1_000;
        private const int LargestBlock = 100_000;

        /// <summary>Enough for every thread that may be in the middle of a decision.</summary>
        private const int Enough = 32 * MostPerDecision;

        private readonly BlockSequence _sequence = new();
        private readonly Lock _gate = new();
        private volatile int _blockSize = SmallestBlock;
        private Task? _fill;

        public long Next() => _sequence.TryNext(out var number)
            ? number
            : throw new InvalidOperationException($"numbers of {scope} for {day:yyyy-MM-dd} were not prepared");

        /// <summary>False when a decision must not start yet. Fetches the next block behind everybody's back before it comes to that.</summary>
        public bool IsReady()
        {
            var remaining = _sequence.Remaining;
            if (remaining <= Enough)
            {
                return false;
            }

            if (remaining < _blockSize / 2)
            {
                _ = FillAsync();
            }

            return true;
        }

        /// <summary>One fetch at a time, whoever asks. If it fails, those who wait for it are told, and the next asks again.</summary>
        public Task FillAsync()
        {
            lock (_gate)
            {
                return _fill is { IsCompleted: false } ? _fill : _fill = FetchAsync();
            }
        }

        private async Task FetchAsync()
        {
            // Blocks grow with demand, so that a quiet channel with short numbers wastes little at a restart.
            var size = Math.Min(_blockSize * 4, LargestBlock);
            await using var take = database.CreateCommand(Sql.Get("Numbers/numbers.take"));
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
            take.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
            Failpoints.Pass(Failpoint.BeforeNumbers);
            var first = (long)(await take.ExecuteScalarAsync())!;
            Failpoints.Pass(Failpoint.AfterNumbers);
            _sequence.Add(first, first + size);
            _blockSize = size;
        }
    }
}
