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

    /// <summary>An id has room for 140 times as many, but order numbers are read and typed by people.</summary>
    private const long IdsPerDay = 1_000_000_000_000;

    private readonly ConcurrentDictionary<(string Scope, DateOnly Day), NumberStock> _stocks = new();

    public DateOnly DayOf(DateTimeOffset moment) => calendar.DayOf(moment);

    public OrderId NextId(DateOnly day) => StockOf(OrderScope, day, IdsPerDay).TryNext(out var sequence)
        ? OrderId.Create(day, sequence)
        : throw new InvalidOperationException($"ids of {day:yyyy-MM-dd} were not prepared, or there are none left");

    /// <summary>For what belongs to no family: an id of the day of this moment, waited for.</summary>
    public async ValueTask<OrderId> TakeIdAsync(DateTimeOffset now)
    {
        var day = DayOf(now);
        for (var stock = StockOf(OrderScope, day, IdsPerDay); !stock.IsReady();)
        {
            await stock.FillAsync();
        }

        return NextId(day);
    }

    public string NextInstitutionNumber(ChannelSettings channel, DateTimeOffset now)
    {
        var day = DayOf(now);
        var stock = StockOf(channel, day);
        return stock.TryNext(out var sequence) ? channel.Numbers.Format(day, sequence)
            : stock.IsExhausted ? throw new NumbersExhaustedException(channel.Numbers, day)
            : throw new InvalidOperationException($"numbers of {channel.Code} for {day:yyyy-MM-dd} were not prepared");
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

    private NumberStock? FirstShortStock(DateOnly familyDay, DateOnly today, EngineDirectory directory)
    {
        var orders = StockOf(OrderScope, familyDay, IdsPerDay);
        if (!orders.IsReady())
        {
            return orders;
        }

        foreach (var channel in directory.Channels)
        {
            if (channel.Enabled && StockOf(channel, today) is var numbers && !numbers.IsReady())
            {
                return numbers;
            }
        }

        return null;
    }

    private NumberStock StockOf(ChannelSettings channel, DateOnly day) => StockOf(channel.NumberScope, day, channel.Numbers.Capacity);

    private NumberStock StockOf(string scope, DateOnly day, long capacity)
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

        return _stocks.GetOrAdd(
            (scope, day), key => new NumberStock(database, key.Scope, key.Day, calendar.MomentOf(key.Day, TimeOnly.MinValue), capacity));
    }
}
