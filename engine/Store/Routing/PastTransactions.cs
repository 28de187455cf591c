using System.Runtime.CompilerServices;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Store.Orders;

namespace PaymentEngine.Store.Routing;

/// <summary>
/// Reads how the payments of a time were routed first: what was known of each leg, where it went, how that ended.
/// Refunds are no choices, and reroutes are second ones.
/// </summary>
public sealed class PastTransactions(NpgsqlDataSource database, BusinessCalendar calendar)
{
    /// <summary>Payments live in the day of their trade, which may have been opened before midnight.</summary>
    private const int DaysBefore = 1;

    /// <summary>In the order of their trades. When the range has more than so many payments, every second is read, or every third …</summary>
    public async IAsyncEnumerable<PastTransaction> ReadAsync(PastRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var days = await DaysAsync(connection, range, cancellation);
        var stride = await StrideAsync(connection, range, days, cancellation);
        foreach (var day in days)
        {
            await using var command = Command(connection, Sql.Get("Routing/past_transactions.first_choices", day), range, stride);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                // Rows that are here already are handed out without a look at it.
                cancellation.ThrowIfCancellationRequested();
                yield return Read(row);
            }
        }
    }

    private async Task<List<DateOnly>> DaysAsync(NpgsqlConnection connection, PastRange range, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Routing/past_transactions.days"), connection);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = calendar.DayOf(range.From).AddDays(-DaysBefore) });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = calendar.DayOf(range.To) });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var days = new List<DateOnly>();
        while (await row.ReadAsync(cancellation))
        {
            days.Add(row.GetFieldValue<DateOnly>(0));
        }

        return days;
    }

    private static async Task<long> StrideAsync(NpgsqlConnection connection, PastRange range, List<DateOnly> days, CancellationToken cancellation)
    {
        var payments = 0L;
        foreach (var day in days)
        {
            await using var command = Command(connection, Sql.Get("Routing/past_transactions.count", day), range);
            payments += (long)(await command.ExecuteScalarAsync(cancellation))!;
        }

        return Math.Max(1, (payments + range.Most - 1) / range.Most);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, PastRange range, long? stride = null)
    {
        var command = new NpgsqlCommand(statement, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = range.To.UtcDateTime });
        if (stride is { } every)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = every });
        }

        return command;
    }

    private PastTransaction Read(NpgsqlDataReader row)
    {
        var at = row.GetMoment(2);
        var elements = ElementsJson.Read(row.GetNullableString(11));
        var facts = new RouteFacts(elements)
        {
            Operation = "pay",
            Mode = row.GetString(1),
            LocalTime = TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime,
            Merchant = row.GetString(3),
            OrderNo = row.GetString(4),
            Amount = new Money(row.GetInt64(7), Currency.Parse(row.GetString(5))),
            Member = row.GetString(6),
            Card = CardMark.Of(row.GetString(8)),
        };
        return new PastTransaction(
            new OrderId(row.GetInt64(0)), facts, at, row.GetNullableString(9), OutcomeOf(row.GetNullableString(10)));
    }

    /// <param name="state">Null when there was no channel for it.</param>
    private static PastOutcome OutcomeOf(string? state) => state switch
    {
        InstitutionOrderStates.Succeeded => PastOutcome.Succeeded,
        InstitutionOrderStates.Failed or null => PastOutcome.Failed,
        _ => PastOutcome.Open,
    };
}

/// <param name="To">Not in it any more.</param>
/// <param name="Most">How many payments are read at most, spread evenly over the range.</param>
public sealed record PastRange(DateTimeOffset From, DateTimeOffset To, int Most);
