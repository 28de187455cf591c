using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Ledger;

namespace PaymentEngine.Store.Upkeep;

/// <summary>
/// What the calendar asks of the database: partitions ahead of their day, the posting date at midnight, old answers
/// erased, and counters forgotten of which nobody takes any more.
/// </summary>
/// <param name="ledgerDays">When the ledger's day turns.</param>
public sealed class DayKeeper(NpgsqlDataSource database, BusinessCalendar calendar, LedgerCalendar ledgerDays)
{
    public static readonly TimeSpan AnswersAreKept = TimeSpan.FromDays(30);

    /// <summary>From the beginning of their period: a month, and a month for orders of it that fail late.</summary>
    public const int CountersAreKeptDays = 62;

    private const int DaysAhead = 3;

    /// <summary>At each call, so that forgetting millions of cards holds nobody up.</summary>
    private const int CountersAtOnce = 5_000;

    /// <summary>Late answers on old trades are looked for in the partitions of this many days.</summary>
    private const int ErasedDays = 30;

    private DateOnly _erased;

    /// <summary>Does what is due at this moment; to be called often, by every node.</summary>
    public async Task KeepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var today = calendar.DayOf(now);
        Failpoints.Pass(Failpoint.BeforeDays);
        await ExecuteAsync(Sql.Get("Upkeep/upkeep.ensure_days"), cancellation, today, today.AddDays(DaysAhead));
        Failpoints.Pass(Failpoint.AfterDays);
        await TurnAsync(ledgerDays.DayOf(now), cancellation);
        await ForgetCountersAsync(today, cancellation);
        if (_erased != today)
        {
            await EraseAnswersAsync(now, cancellation);
            _erased = today;
        }
    }

    /// <summary>Erases the answers whose time is over, a day partition at a time.</summary>
    public async Task EraseAnswersAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var newest = calendar.DayOf(now - AnswersAreKept);
        var partitions = new List<string>();
        await using (var command = database.CreateCommand(Sql.Get("Upkeep/upkeep.old_answers")))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = newest.AddDays(-ErasedDays).ToString("yyyyMMdd") });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = newest.ToString("yyyyMMdd") });
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                partitions.Add(rows.GetString(0));
            }
        }

        foreach (var partition in partitions)
        {
            await using var erase = database.CreateCommand(
                $"update {partition} set answer_body = null where answer_body is not null and at < $1");
            erase.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now - AnswersAreKept).UtcDateTime });
            await erase.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Several nodes may see that it is time; the day turns once. It never goes back, once anything has been posted.</summary>
    private async Task TurnAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var ask = database.CreateCommand(Sql.Get("Ledger/ledger.day"));
        var day = (DateOnly)(await ask.ExecuteScalarAsync(cancellation))!;
        if (day < today)
        {
            Failpoints.Pass(Failpoint.BeforeDayTurned);
            await ExecuteAsync(Sql.Get("Ledger/ledger.roll"), cancellation, today);
            Failpoints.Pass(Failpoint.AfterDayTurned);
        }
        else if (day > today)
        {
            await BeginAsync(today, cancellation);
        }
    }

    /// <summary>A new database begins on the day of its making; the first day is the calendar's.</summary>
    private async Task BeginAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var name in new[] { "hold_day_alone", "begin" })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Ledger/ledger." + name)));
        }

        batch.BatchCommands[1].Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task ForgetCountersAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Limits/limit.forget"));
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today.AddDays(-CountersAreKeptDays) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = CountersAtOnce });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, params DateOnly[] days)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var day in days)
        {
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
