using PaymentEngine.Core;

namespace PaymentEngine.Ledger;

/// <summary>
/// Which day the ledger should have: it turns at a time of its own (A7). One in the morning ends the day before; one in the
/// afternoon begins the day after.
/// </summary>
public sealed class LedgerCalendar(BusinessCalendar calendar, TimeOnly cutAt)
{
    private static readonly TimeOnly Noon = new(12, 0);

    public DateOnly DayOf(DateTimeOffset moment)
    {
        var day = calendar.DayOf(moment);
        var isBeforeTheCut = moment < calendar.MomentOf(day, cutAt);
        return cutAt < Noon
            ? isBeforeTheCut ? day.AddDays(-1) : day
            : isBeforeTheCut ? day : day.AddDays(1);
    }
}
