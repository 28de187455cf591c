using System.Globalization;
using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>Dates by patterns such as %d %b %Y.</summary>
internal static class DateFormat
{
    private const int MaxDepth = 2;

    public static string Print(DateTime date, string pattern)
    {
        var text = new StringBuilder();
        Print(text, date, pattern, 0);
        return text.ToString();
    }

    private static void Print(StringBuilder text, DateTime date, string pattern, int depth)
    {
        if (pattern == "%g") pattern = TextForm.DefaultDateFormat;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) text.Append(pattern[i]);
            else if (Compound(pattern[++i]) is { } longer && depth < MaxDepth) Print(text, date, longer, depth + 1);
            else PrintOne(text, date, pattern[i]);
        }
    }

    private static string? Compound(char letter) => letter switch
    {
        'c' => "%a %b %e %T %Y",
        'D' or 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' or 'X' => "%H:%M:%S",
        _ => null,
    };

    private static void PrintOne(StringBuilder text, DateTime date, char letter)
    {
        switch (letter)
        {
            case 'g': break;
            case '%': text.Append('%'); break;
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'P': text.Append(date.Hour < 12 ? "am" : "pm"); break;
            case 'v': text.Append(date.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture).ToUpperInvariant()); break;
            default:
                if (Net(letter) is { } format) text.Append(date.ToString(format, CultureInfo.InvariantCulture));
                else if (Number(date, letter) is { } number) text.Append(number);
                else text.Append('%').Append(letter);
                break;
        }
    }

    /// <summary>The .NET format of a letter, where there is one.</summary>
    private static string? Net(char letter) => letter switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'd' => "dd",
        'H' => "HH",
        'I' => "hh",
        'L' => "fff",
        'm' => "MM",
        'M' => "mm",
        'N' => "fffffff'00'",
        'p' => "tt",
        'S' => "ss",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        _ => null,
    };

    private static string? Number(DateTime date, char letter) => letter switch
    {
        'C' => $"{date.Year / 100:D2}",
        'e' => $"{date.Day,2}",
        'j' => $"{date.DayOfYear:D3}",
        'k' => $"{date.Hour,2}",
        'l' => $"{(date.Hour % 12 == 0 ? 12 : date.Hour % 12),2}",
        's' => $"{new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)).ToUnixTimeSeconds()}",
        'u' => $"{(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek)}",
        'w' => $"{(int)date.DayOfWeek}",
        'U' => $"{(date.DayOfYear + 6 - (int)date.DayOfWeek) / 7:D2}",
        'W' => $"{(date.DayOfYear + 6 - (((int)date.DayOfWeek + 6) % 7)) / 7:D2}",
        'V' => $"{ISOWeek.GetWeekOfYear(date):D2}",
        _ => null,
    };

    /// <summary>The .NET format that reads what the pattern prints; null when the pattern has letters that only print.</summary>
    public static string? ForParsing(string pattern)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) format.Append(char.IsWhiteSpace(pattern[i]) ? "" : "\\").Append(pattern[i]);
            else if (Compound(pattern[++i]) is { } longer && ForParsing(longer) is { } inner) format.Append(inner);
            else if (pattern[i] is 'e') format.Append("%d");
            else if (pattern[i] is 'k') format.Append("%H");
            else if (pattern[i] is 'l') format.Append("%h");
            else if (Net(pattern[i]) is { } known) format.Append(known);
            else return null;
        }

        return format.ToString();
    }
}
