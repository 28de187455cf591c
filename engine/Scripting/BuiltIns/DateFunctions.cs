using System.Globalization;

namespace PaymentEngine.Scripting;

internal static class DateFunctions
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] DayFirst =
        ["d/M/yyyy", "d/M/yyyy H:m", "d/M/yyyy H:m:s", "d/M/yyyy H:m:s zzz", "d.M.yyyy", "d.M.yyyy H:m:s"];

    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("date.now", "", Now) { Result = ParameterType.Date, IsImpure = true },
        Date("date.add_days", "date:Date days:Number", a => Add(a, (d, by) => d.AddDays(by))),
        Date("date.add_months", "date:Date months:Number", a => Add(a, (d, by) => d.AddMonths((int)by))),
        Date("date.add_years", "date:Date years:Number", a => Add(a, (d, by) => d.AddYears((int)by))),
        Date("date.add_hours", "date:Date hours:Number", a => Add(a, (d, by) => d.AddHours(by))),
        Date("date.add_minutes", "date:Date minutes:Number", a => Add(a, (d, by) => d.AddMinutes(by))),
        Date("date.add_seconds", "date:Date seconds:Number", a => Add(a, (d, by) => d.AddSeconds(by))),
        Date("date.add_milliseconds", "date:Date millis:Number", a => Add(a, (d, by) => d.AddMilliseconds(by))),
        Date("date.parse", "text:Text pattern:Text? culture:Text?", a => Parse(a, 1, 2)),
        new("date.to_string", "datetime:Date pattern:Text? culture:Text?", ToText) { Result = ParameterType.Text },
        new("date.parse_to_string", "text:Text output_pattern:Text? output_culture:Text? input_pattern:Text? input_culture:Text?", ParseToText)
            { Result = ParameterType.Text },
    ];

    private static BuiltIn Date(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.Date };

    private static Value Now(Args a) => a.Evaluation.Options.Clock is { } clock
        ? Value.Of(clock.GetLocalNow().DateTime)
        : throw new ScriptFault("There is no clock here: `date.now`");

    private static Value Add(Args a, Func<DateTime, double, DateTime> add)
    {
        if (a[0].IsNull) return Value.Null;
        var by = Numbers.ToDouble(a.Number(1));
        try
        {
            return Math.Abs(by) < int.MaxValue ? Value.Of(add(a.Date(0), by)) : throw new ScriptFault("The date is out of range");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ScriptFault("The date is out of range");
        }
    }

    private static Value Parse(Args a, int pattern, int culture)
    {
        if (a[0].IsNull) return Value.Null;
        if (a[0].Kind == ValueKind.Date) return a[0];
        var text = a.Text(0);
        var invariant = CultureInfo.InvariantCulture;
        var isRead = a.TextOrNull(pattern) is { Length: > 0 } wanted
            ? DateTime.TryParseExact(text, DateFormat.ForParsing(wanted) ?? throw new ScriptFault($"The pattern `{wanted}` cannot be used to parse"), invariant, Styles, out var date)
            : (IsDayFirst(a.TextOrNull(culture)) && DateTime.TryParseExact(text, DayFirst, invariant, Styles, out date)) || DateTime.TryParse(text, invariant, Styles, out date);
        // The language answers with the zero date, which no rule should go on with.
        if (!isRead && a.Evaluation.Options.HasStrictMembers) throw new ScriptFault($"Unable to parse `{text[..Math.Min(text.Length, 64)]}` as a date");
        return Value.Of(date);
    }

    private static bool IsDayFirst(string? culture)
    {
        if (culture is "en-GB" or "en-AU" or "en-NZ" or "en-IN" or "en-IE") return true;
        Formatting.RequireCulture(culture);
        return false;
    }

    private static Value ToText(Args a)
    {
        if (a[0].IsNull) return Value.Null;
        Formatting.RequireCulture(a.TextOrNull(2));
        return Print(a, a.Date(0), a.TextOrNull(1));
    }

    private static Value Print(Args a, DateTime date, string? pattern)
    {
        pattern ??= a.Evaluation.DateFormat;
        // One letter may print up to some twenty characters.
        a.Budget.ChargeText(24L * pattern.Length);
        return Value.Of(DateFormat.Print(date, pattern));
    }

    private static Value ParseToText(Args a)
    {
        Formatting.RequireCulture(a.TextOrNull(2));
        var date = Parse(a, 3, 4);
        return date.IsNull ? date : Print(a, date.Date, a.TextOrNull(1));
    }
}
