namespace PaymentEngine.Core;

/// <summary>
/// Our own number of an order, as people read and quote it: a letter for the level, the day, the sequence with at
/// least ten digits: T202611200000012345. It is another spelling of level and <see cref="OrderId"/>, nothing more,
/// and every order has exactly one.
/// </summary>
public static class OrderNumber
{
    private const int MinimumDigits = 10;
    private const int SequenceAt = 1 + 8;

    /// <summary>47 bits are 15 digits.</summary>
    private const int MaximumLength = SequenceAt + 15;

    public static string Format(OrderLevel level, OrderId id) => Format(Letter(level), id);

    public static bool TryParse(ReadOnlySpan<char> number, out OrderLevel level, out OrderId id)
    {
        level = default;
        id = default;
        return number.Length > 0 && TryLevel(number[0], out level) && TryParse(number, number[0], out id);
    }

    internal static string Format(char letter, OrderId id)
    {
        if (id.Sequence == 0)
        {
            throw new ArgumentException("No order has a number.", nameof(id));
        }

        Span<char> text = stackalloc char[MaximumLength];
        text[0] = letter;
        DateText.Write(id.Day, DateStyle.FullYear, text[1..]);
        id.Sequence.TryFormat(text[SequenceAt..], out var digits, "D10");
        return new string(text[..(SequenceAt + digits)]);
    }

    internal static bool TryParse(ReadOnlySpan<char> number, char letter, out OrderId id)
    {
        id = default;
        if (number.Length is < SequenceAt + MinimumDigits or > MaximumLength
            || number[0] != letter
            || !DateText.TryRead(number[1..SequenceAt], DateStyle.FullYear, out var day)
            || day < OrderId.FirstDay || day > OrderId.LastDay
            || !TrySequence(number[SequenceAt..], out var sequence))
        {
            return false;
        }

        id = OrderId.Create(day, sequence);
        return true;
    }

    private static bool TrySequence(ReadOnlySpan<char> digits, out long sequence)
    {
        sequence = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            sequence = sequence * 10 + (digit - '0');
        }

        // Zeros in front of more than ten digits would be a second spelling of the same number.
        return sequence is >= 1 and <= OrderId.MaximumSequence
            && (digits.Length == MinimumDigits || digits[0] != '0');
    }

    private static char Letter(OrderLevel level) => level switch
    {
        OrderLevel.Trade => 'T',
        OrderLevel.Payment => 'P',
        OrderLevel.Instruction => 'I',
        OrderLevel.InstitutionOrder => 'O',
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a level of orders."),
    };

    private static bool TryLevel(char letter, out OrderLevel level)
    {
        (var known, level) = letter switch
        {
            'T' => (true, OrderLevel.Trade),
            'P' => (true, OrderLevel.Payment),
            'I' => (true, OrderLevel.Instruction),
            'O' => (true, OrderLevel.InstitutionOrder),
            _ => (false, default),
        };
        return known;
    }
}
