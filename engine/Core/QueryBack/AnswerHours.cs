namespace PaymentEngine.Core.QueryBack;

/// <summary>The hours of each day in which an institution answers queries; they may cross midnight.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included.</param>
public sealed record AnswerHours(TimeOnly From, TimeOnly To, BusinessCalendar Calendar)
{
    /// <summary>The moment itself when it is within the hours, else the next one at which they begin.</summary>
    public DateTimeOffset Opening(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Calendar.Zone);
        if (TimeOnly.FromTimeSpan(local.TimeOfDay).IsBetween(From, To))
        {
            return moment;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        return Calendar.MomentOf(local.TimeOfDay < From.ToTimeSpan() ? day : day.AddDays(1), From);
    }
}

/// <summary>The last round, on the business day after the order's (T+1).</summary>
public sealed record NextDayRound(TimeOnly At, BusinessCalendar Calendar)
{
    public DateTimeOffset After(DateTimeOffset sentAt) => Calendar.MomentOf(Calendar.DayOf(sentAt).AddDays(1), At);
}
