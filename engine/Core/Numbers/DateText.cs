namespace PaymentEngine.Core;

/// <summary>Dates inside numbers, digits only and exactly one spelling per day.</summary>
internal static class DateText
{
    private const int Century = 2000;

    public static int Length(DateStyle style) => style == DateStyle.FullYear ? 8 : 6;

    public static void Write(DateOnly date, DateStyle style, Span<char> text)
    {
        // Outside its century a year of two digits would repeat the numbers of another year.
        if (style == DateStyle.ShortYear && date.Year is < Century or >= Century + 100)
        {
            throw new ArgumentOutOfRangeException(nameof(date), date, "A year of two digits is one of 2000 to 2099.");
        }

        var year = style == DateStyle.FullYear ? date.Year : date.Year - Century;
        var number = (year * 100 + date.Month) * 100 + date.Day;
        for (var at = Length(style) - 1; at >= 0; at--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            text[at] = (char)('0' + digit);
        }
    }

    public static bool TryRead(ReadOnlySpan<char> text, DateStyle style, out DateOnly date)
    {
        date = default;
        if (text.Length != Length(style) || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = 0;
        foreach (var digit in text)
        {
            number = number * 10 + (digit - '0');
        }

        var (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        year += style == DateStyle.FullYear ? 0 : Century;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }
}
