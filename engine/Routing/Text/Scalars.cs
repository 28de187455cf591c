using System.Globalization;

namespace PaymentEngine.Routing.Text;

/// <summary>What a scalar says, as a value of a kind; null when it says nothing of that kind.</summary>
internal static class Scalars
{
    /// <summary>Beyond it nobody means what he writes, and arithmetic would have to be watched.</summary>
    private const decimal Largest = 1_000_000_000_000_000;

    private static readonly string[] Moments =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static bool? Flag(TextScalar scalar) => scalar switch
    {
        { IsText: false, Value: "true" } => true,
        { IsText: false, Value: "false" } => false,
        _ => null,
    };

    public static decimal? Number(TextScalar scalar) =>
        !scalar.IsText
        && decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= Largest
            ? number
            : null;

    public static long? Whole(TextScalar scalar) => Number(scalar) is { } number && decimal.IsInteger(number) ? (long)number : null;

    public static TimeSpan? Duration(TextScalar scalar) => Durations.TryRead(scalar.Value, out var duration) ? duration : null;

    public static TimeOnly? Time(TextScalar scalar) =>
        TimeOnly.TryParseExact(scalar.Value, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static DateTimeOffset? Moment(TextScalar scalar) =>
        DateTimeOffset.TryParseExact(scalar.Value, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    /// <summary>No control characters but ends of lines, and no half of a surrogate pair.</summary>
    public static bool IsSound(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] != '\n') || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++)))
            {
                return false;
            }
        }

        return true;
    }
}
