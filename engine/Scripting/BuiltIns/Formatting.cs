using System.Globalization;

namespace PaymentEngine.Scripting;

/// <summary>.NET format strings on numbers and dates, kept from producing long texts.</summary>
internal static class Formatting
{
    private const int MaxFormat = 64;

    public static Value Format(Args a, Value value)
    {
        var format = a.Text(1);
        RequireCulture(a.TextOrNull(2));
        // A precision of nine digits would make a text of a gigabyte.
        var digits = format.Length > 1 && char.IsAsciiLetter(format[0]) ? format.AsSpan(1) : default;
        if (format.Length > MaxFormat || (digits.Length > 2 && digits.IndexOfAnyExceptInRange('0', '9') < 0))
        {
            throw new ScriptFault($"The format `{format[..Math.Min(format.Length, MaxFormat)]}` is too long");
        }

        try
        {
            return a.MadeText(Boxed(value) is IFormattable known ? known.ToString(format, CultureInfo.InvariantCulture) : a.Evaluation.TextOf(value));
        }
        catch (FormatException)
        {
            throw new ScriptFault($"The format `{format}` is not valid for `{Kinds.NameOf(value)}`");
        }
    }

    private static object? Boxed(Value value) => value.Kind switch
    {
        ValueKind.Int => (int)value.Bits,
        ValueKind.Long => value.Bits,
        ValueKind.Big => value.Big,
        ValueKind.Float => (float)value.Double,
        ValueKind.Double => value.Double,
        ValueKind.Decimal => value.Decimal,
        ValueKind.Date => value.Date,
        ValueKind.TimeSpan => value.TimeSpan,
        _ => null,
    };

    /// <summary>The engine has no localised text: English is all there is.</summary>
    public static void RequireCulture(string? culture)
    {
        if (culture is null or "" or "invariant" || culture.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return;
        throw new ScriptFault($"The culture `{culture}` is not available");
    }
}
