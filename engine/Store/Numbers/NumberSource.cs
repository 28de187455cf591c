using System.Collections.Concurrent;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
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
    /// To be awaited before a decision: afterwards its numbers are at hand. It waits for the database only at the start
    /// of a day.
    /// </summary>
    /// <param name="familyDay">The day in which the family lives.</param>
    public async ValueTask PrepareAsync(DateOnly familyDay, DateTimeOffset now, EngineDirectory directory)
    {
        await StockOf(OrderScope, familyDay).EnsureAsync();
        var today = DayOf(now);
        foreach (var channel in directory.Channels)
        {
            if (channel.Enabled)
            {
                await StockOf(channel.NumberScope, today).EnsureAsync();
            }
        }
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
        private const int SmallestBlock = 100;
        private const int LargestBlock = 100_000;

        /// <summary>Enough for everybody who may be deciding at this moment.</summary>
        private const int Comfortable = 32 * MostPerDecision;

        private readonly BlockSequence _sequence = new();
        private readonly Lock _gate = new();
        private volatile int _blockSize = SmallestBlock;
        private Task? _fill;

        public long Next()
        {
            long number;
            while (!_sequence.TryNext(out number))
            {
                // A crowd took what had been prepared. A decision cannot wait asynchronously, so this thread does, once.
                FillOnceAsync().GetAwaiter().GetResult();
            }

            return number;
        }

        public ValueTask EnsureAsync()
        {
            var remaining = _sequence.Remaining;
            if (remaining > Math.Max(_blockSize / 2, MostPerDecision))
            {
                return ValueTask.CompletedTask;
            }

            var fill = FillOnceAsync();
            return remaining > Comfortable ? ValueTask.CompletedTask : new ValueTask(fill);
        }

        /// <summary>One fetch at a time, whoever asks. If it fails, those who must wait for it are told, and the next asks again.</summary>
        private Task FillOnceAsync()
        {
            lock (_gate)
            {
                return _fill is { IsCompleted: false } ? _fill : _fill = FillAsync();
            }
        }

        private async Task FillAsync()
        {
            // Blocks grow with demand, so that a quiet channel with short numbers wastes little at a restart.
            var size = Math.Min(_blockSize * 8, LargestBlock);
            await using var take = database.CreateCommand(Sql.Get("Numbers/numbers.take"));
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
            take.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
            var first = (long)(await take.ExecuteScalarAsync())!;
            _sequence.Add(first, first + size);
            _blockSize = size;
        }
    }
}
