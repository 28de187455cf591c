using System.Globalization;

namespace PaymentEngine.Scripting;

internal static class TimeSpanFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        Span("timespan.from_days", "days:Number", a => From(a, TimeSpan.TicksPerDay)),
        Span("timespan.from_hours", "hours:Number", a => From(a, TimeSpan.TicksPerHour)),
        Span("timespan.from_minutes", "minutes:Number", a => From(a, TimeSpan.TicksPerMinute)),
        Span("timespan.from_seconds", "seconds:Number", a => From(a, TimeSpan.TicksPerSecond)),
        Span("timespan.from_milliseconds", "millis:Number", a => From(a, TimeSpan.TicksPerMillisecond)),
        Span("timespan.parse", "text:Text", Parse),
    ];

    private static BuiltIn Span(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.TimeSpan };

    private static Value From(Args a, long ticks)
    {
        var total = Numbers.ToDouble(a.Number(0)) * ticks;
        return Math.Abs(total) < 9e18 ? Value.Of(new TimeSpan((long)total)) : throw new ScriptFault("The time span is out of range");
    }

    private static Value Parse(Args a) => TimeSpan.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var span)
        ? Value.Of(span)
        : throw new ScriptFault("Unable to parse the text as a time span");
}
