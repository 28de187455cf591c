using System.Collections.Concurrent;
using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// The days whose entries may lack vouchers. When a day is first seen to be the current one, everything of the days
/// before has been committed, by transactions older than the newest of that moment: below it they need not be read again.
/// </summary>
internal sealed class OpenDays
{
    /// <summary>Asked also by who counts a backlog meanwhile.</summary>
    private readonly ConcurrentDictionary<DateOnly, bool> _ready = [];

    private DateOnly _today;

    private long _earlierDaysEnd;

    public async Task<IReadOnlyList<DateOnly>> SinceAsync(NpgsqlConnection connection, VoucherMark seen, long from, CancellationToken cancellation)
    {
        if (_today != seen.Today)
        {
            (_today, _earlierDaysEnd) = (seen.Today, seen.Newest);
        }

        return from >= _earlierDaysEnd && _ready.ContainsKey(_today) ? [_today] : await AllAsync(connection, seen.Today, cancellation);
    }

    /// <summary>With their tables for vouchers.</summary>
    public async Task<IReadOnlyList<DateOnly>> AllAsync(NpgsqlConnection connection, DateOnly today, CancellationToken cancellation)
    {
        var days = new List<DateOnly>();
        await using (var command = Command(connection, "open_days", today))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                days.Add(rows.GetFieldValue<DateOnly>(0));
            }
        }

        foreach (var day in days)
        {
            await EnsureAsync(connection, day, cancellation);
        }

        return days;
    }

    /// <summary>The day of an upgrade has entries, and no tables for vouchers.</summary>
    public async Task EnsureAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancellation)
    {
        if (!_ready.ContainsKey(day))
        {
            await using var command = Command(connection, "ensure_day", day);
            await command.ExecuteNonQueryAsync(cancellation);
            _ready.TryAdd(day, true);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, DateOnly day) =>
        new(Sql.Get("GeneralLedger/voucher." + statement), connection) { Parameters = { new() { Value = day } } };
}

/// <param name="Tx">Below it everything is done.</param>
/// <param name="Horizon">The first transaction that still runs.</param>
/// <param name="Newest">The next one to begin.</param>
internal readonly record struct VoucherMark(long Tx, long Horizon, long Newest, DateOnly Today);
