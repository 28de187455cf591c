namespace PaymentEngine.Scripting;

/// <summary>The members that values have by nature: sizes, and the parts of dates and time spans.</summary>
internal static class Members
{
    private const string IsEmpty = "empty?";

    public static readonly IReadOnlyList<string> OfDate =
        ["year", "month", "day", "day_of_year", "day_of_week", "hour", "minute", "second", "millisecond", "date", "time_of_day"];

    public static readonly IReadOnlyList<string> OfTimeSpan =
    [
        "days", "hours", "minutes", "seconds", "milliseconds",
        "total_days", "total_hours", "total_minutes", "total_seconds", "total_milliseconds",
    ];

    public static bool TryGet(Value holder, string name, Evaluation evaluation, out Value value)
    {
        if (holder.Array?.Members is { } attached && attached.TryGet(name, out value)) return true;
        value = holder.Kind switch
        {
            ValueKind.Object => OfObject(holder.Object!, name, evaluation),
            ValueKind.Array or ValueKind.Text or ValueKind.Range => OfList(holder, name),
            ValueKind.Date => OnDate(holder.Date, name),
            ValueKind.TimeSpan => OnTimeSpan(holder.TimeSpan, name, evaluation.UsesDecimals),
            _ => Value.Missing,
        };
        if (!value.IsMissing) return true;
        value = Value.Null;
        return false;
    }

    private static Value OfObject(ScriptObject item, string name, Evaluation evaluation) => name switch
    {
        IsEmpty => Value.Of(item.Count == 0),
        "format" when ReferenceEquals(item, BuiltInFunctions.Date) => Value.Of(evaluation.DateFormat),
        _ => Value.Missing,
    };

    private static Value OfList(Value list, string name) => name switch
    {
        "size" => Value.Of(Lists.CountOf(list)),
        "length" when list.Text is not null => Value.Of(Lists.CountOf(list)),
        "count" when list.Text is null => Value.Of(Lists.CountOf(list)),
        IsEmpty => Value.Of(Lists.CountOf(list) == 0),
        _ => Value.Missing,
    };

    private static Value OnDate(DateTime date, string name) => name switch
    {
        "year" => Value.Of(date.Year),
        "month" => Value.Of(date.Month),
        "day" => Value.Of(date.Day),
        "day_of_year" => Value.Of(date.DayOfYear),
        "day_of_week" => Value.Of((int)date.DayOfWeek),
        "hour" => Value.Of(date.Hour),
        "minute" => Value.Of(date.Minute),
        "second" => Value.Of(date.Second),
        "millisecond" => Value.Of(date.Millisecond),
        "date" => Value.Of(date.Date),
        "time_of_day" => Value.Of(date.TimeOfDay),
        _ => Value.Missing,
    };

    private static Value OnTimeSpan(TimeSpan span, string name, bool usesDecimals) => name switch
    {
        "days" => Value.Of(span.Days),
        "hours" => Value.Of(span.Hours),
        "minutes" => Value.Of(span.Minutes),
        "seconds" => Value.Of(span.Seconds),
        "milliseconds" => Value.Of(span.Milliseconds),
        "total_days" => Total(span, TimeSpan.TicksPerDay, usesDecimals),
        "total_hours" => Total(span, TimeSpan.TicksPerHour, usesDecimals),
        "total_minutes" => Total(span, TimeSpan.TicksPerMinute, usesDecimals),
        "total_seconds" => Total(span, TimeSpan.TicksPerSecond, usesDecimals),
        "total_milliseconds" => Total(span, TimeSpan.TicksPerMillisecond, usesDecimals),
        _ => Value.Missing,
    };

    private static Value Total(TimeSpan span, long ticks, bool usesDecimals) =>
        usesDecimals ? Value.Of((decimal)span.Ticks / ticks) : Value.Of((double)span.Ticks / ticks);
}
