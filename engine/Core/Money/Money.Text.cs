using System.Text;

namespace PaymentEngine.Core;

/// <summary>
/// Money as merchants and institutions write it: major units, a point, all decimals of the currency ("88.00"), without
/// the currency. That is the one spelling, so formats and providers are not looked at.
/// </summary>
public readonly partial record struct Money
{
    /// <summary>Room for a sign, 19 digits, a point, and the mark of an amount without currency.</summary>
    private const int MaximumLength = 32;

    /// <summary>19 digits always fit into an unsigned 64-bit number, 20 do not.</summary>
    private const int SafeDigits = 19;

    /// <summary>
    /// Reads an amount in major units. Fewer decimals than the currency has are welcome ("88", "88.0"), more are refused,
    /// and so is everything that two readers could take for two amounts.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, Currency currency, out Money money, out MoneyError error)
    {
        error = Read(text, currency.Exponent, out var minor);
        money = error == MoneyError.None ? new Money(minor, currency) : default;
        return error == MoneyError.None;
    }

    public override string ToString() => Encoding.ASCII.GetString(Write(stackalloc byte[MaximumLength]));

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        var text = Write(stackalloc byte[MaximumLength]);
        charsWritten = text.Length <= destination.Length ? Encoding.ASCII.GetChars(text, destination) : 0;
        return charsWritten > 0;
    }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        var text = Write(stackalloc byte[MaximumLength]);
        bytesWritten = text.TryCopyTo(utf8Destination) ? text.Length : 0;
        return bytesWritten > 0;
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    private static MoneyError Read(ReadOnlySpan<char> text, int exponent, out long minor)
    {
        minor = 0;
        if (text.IsEmpty)
        {
            return MoneyError.Empty;
        }

        if (text[0] is '+' or '-')
        {
            return MoneyError.Sign;
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (!IsDigits(whole) || whole is ['0', _, ..] || (point >= 0 && !IsDigits(fraction)))
        {
            return MoneyError.Malformed;
        }

        if (fraction.Length > exponent)
        {
            return MoneyError.FractionOfMinorUnit;
        }

        if (whole.Length + exponent > SafeDigits)
        {
            return MoneyError.Overflow;
        }

        var units = Append(Append(0, whole), fraction);
        for (var missing = exponent - fraction.Length; missing > 0; missing--)
        {
            units *= 10;
        }

        minor = unchecked((long)units);
        return minor < 0 ? MoneyError.Overflow : MoneyError.None;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static ulong Append(ulong number, ReadOnlySpan<char> digits)
    {
        foreach (var digit in digits)
        {
            number = number * 10 + (ulong)(digit - '0');
        }

        return number;
    }

    /// <summary>Writes from the end of the buffer and returns the part that is used.</summary>
    private ReadOnlySpan<byte> Write(Span<byte> buffer)
    {
        var at = buffer.Length;
        var exponent = 0;
        if (Currency.IsNone)
        {
            // Log lines and debuggers print such a value too, so it must not throw, nor pass for an amount.
            at -= " XXX"u8.Length;
            " XXX"u8.CopyTo(buffer[at..]);
        }
        else
        {
            exponent = Currency.Exponent;
        }

        var rest = Minor < 0 ? unchecked(0UL - (ulong)Minor) : (ulong)Minor;
        for (var digits = 0; digits <= exponent || rest != 0; digits++)
        {
            if (digits == exponent && exponent > 0)
            {
                buffer[--at] = (byte)'.';
            }

            (rest, var digit) = Math.DivRem(rest, 10);
            buffer[--at] = (byte)('0' + digit);
        }

        if (Minor < 0)
        {
            buffer[--at] = (byte)'-';
        }

        return buffer[at..];
    }
}
