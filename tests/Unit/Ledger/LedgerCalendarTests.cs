using PaymentEngine.Core;
using PaymentEngine.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

[Trait("Rule", "A7")]
public sealed class LedgerCalendarTests
{
    private static readonly BusinessCalendar Shanghai = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Theory]
    [InlineData("00:00", "2026-11-20T15:59:59Z", "2026-11-20")]
    [InlineData("00:00", "2026-11-20T16:00:00Z", "2026-11-21")]
    [InlineData("02:30", "2026-11-20T18:29:59Z", "2026-11-20")]
    [InlineData("02:30", "2026-11-20T18:30:00Z", "2026-11-21")]
    [InlineData("23:00", "2026-11-20T14:59:59Z", "2026-11-20")]
    [InlineData("23:00", "2026-11-20T15:00:00Z", "2026-11-21")]
    [InlineData("23:00", "2026-11-20T16:30:00Z", "2026-11-21")]
    public void A7_the_day_turns_at_its_own_time_in_the_morning_for_the_day_before_in_the_evening_for_the_next(string cut, string moment, string day) =>
        Assert.Equal(DateOnly.Parse(day), new LedgerCalendar(Shanghai, TimeOnly.Parse(cut)).DayOf(DateTimeOffset.Parse(moment)));
}
