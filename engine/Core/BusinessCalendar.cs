namespace PaymentEngine.Core;

/// <summary>Which day it is for the business: days begin at midnight of its own time zone, clocks run in UTC.</summary>
public sealed class BusinessCalendar(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone { get; } = zone;

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
}
