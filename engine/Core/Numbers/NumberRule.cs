namespace PaymentEngine.Core;

/// <summary>
/// How the institution order numbers of an interface are made (O10): prefix (the channel number), date, sequence.
/// With a fixed length the sequence is padded with zeros, otherwise it has as many characters as it needs, up to the
/// length. Either way date and sequence can be read back, so different sequences of a rule never share a number.
/// Interfaces that share a rule must share its sequence; different rules in use must not be <see cref="Ambiguous"/>.
/// </summary>
public sealed record NumberRule(string Prefix, DateStyle Date, NumberAlphabet Alphabet, int Length, bool Fixed)
{
    public const int MaximumLength = 64;

    /// <summary>With less room a rule would run out within a quiet day.</summary>
    public const int MinimumSequenceLength = 4;

    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public string Prefix { get; } = Refusal(Prefix, Date, Alphabet, Length) is { } refusal
        ? throw new ArgumentException(refusal)
        : Prefix;

    public DateStyle Date { get; } = Date;

    public NumberAlphabet Alphabet { get; } = Alphabet;

    public int Length { get; } = Length;

    public bool Fixed { get; } = Fixed;

    /// <summary>The last sequence of a day; the first is 1.</summary>
    public long Capacity { get; } = CapacityOf(Radix(Alphabet), Length - Prefix.Length - DateText.Length(Date));

    private int SequenceAt => Prefix.Length + DateText.Length(Date);

    /// <summary>Says why such a rule cannot be, or null when it can.</summary>
    public static string? Refusal(string? prefix, DateStyle date, NumberAlphabet alphabet, int length)
    {
        if (!Enum.IsDefined(date) || !Enum.IsDefined(alphabet))
        {
            return $"{date} is not a date style, or {alphabet} is not an alphabet.";
        }

        if (string.IsNullOrEmpty(prefix))
        {
            return "The prefix is missing: a number must tell its channel at sight.";
        }

        if (prefix.AsSpan().ContainsAnyExcept(Characters.AsSpan(0, Radix(alphabet))))
        {
            return $"The prefix '{prefix}' has characters that are not in the alphabet {alphabet}.";
        }

        if (length > MaximumLength)
        {
            return $"The length {length} is above {MaximumLength}.";
        }

        var room = length - prefix.Length - DateText.Length(date);
        return room < MinimumSequenceLength
            ? $"Length {length} leaves {Math.Max(room, 0)} characters to the sequence after prefix and date; {MinimumSequenceLength} are needed."
            : null;
    }

    /// <summary>
    /// Whether a number could belong to both rules, and so not tell its channel: true when one prefix begins with the
    /// other. Two rules that are not ambiguous never make the same number.
    /// </summary>
    public static bool Ambiguous(NumberRule one, NumberRule other) =>
        one.Prefix.StartsWith(other.Prefix, StringComparison.Ordinal)
        || other.Prefix.StartsWith(one.Prefix, StringComparison.Ordinal);

    public string Format(DateOnly date, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        if (sequence > Capacity)
        {
            throw new NumbersExhaustedException(this, date, sequence);
        }

        Span<char> text = stackalloc char[MaximumLength];
        Prefix.CopyTo(text);
        DateText.Write(date, Date, text[Prefix.Length..]);
        var length = Fixed ? Length : SequenceAt + CharactersOf(sequence);
        var rest = sequence;
        for (var at = length - 1; at >= SequenceAt; at--)
        {
            (rest, var character) = Math.DivRem(rest, Radix(Alphabet));
            text[at] = Characters[(int)character];
        }

        return new string(text[..length]);
    }

    /// <summary>The inverse of <see cref="Format"/>: anything that it would not have written is refused.</summary>
    public bool TryParse(ReadOnlySpan<char> number, out DateOnly date, out long sequence)
    {
        date = default;
        sequence = 0;
        if (number.Length > Length || number.Length <= SequenceAt || (Fixed && number.Length != Length)
            || !number.StartsWith(Prefix, StringComparison.Ordinal)
            || !TrySequence(number[SequenceAt..], out var read)
            || !DateText.TryRead(number[Prefix.Length..SequenceAt], Date, out date))
        {
            return false;
        }

        sequence = read;
        return true;
    }

    private static int Radix(NumberAlphabet alphabet) => alphabet == NumberAlphabet.Digits ? 10 : 36;

    private static long CapacityOf(int radix, int room)
    {
        var all = Int128.One;
        for (var at = 0; at < room && all <= long.MaxValue; at++)
        {
            all *= radix;
        }

        return (long)Int128.Min(all - 1, long.MaxValue);
    }

    private int CharactersOf(long sequence)
    {
        var count = 1;
        while ((sequence /= Radix(Alphabet)) > 0)
        {
            count++;
        }

        return count;
    }

    private bool TrySequence(ReadOnlySpan<char> text, out long sequence)
    {
        sequence = 0;
        if (!Fixed && text[0] == '0')
        {
            return false;
        }

        var radix = Radix(Alphabet);
        foreach (var character in text)
        {
            var value = Characters.AsSpan(0, radix).IndexOf(character);
            if (value < 0 || sequence > (Capacity - value) / radix)
            {
                return false;
            }

            sequence = sequence * radix + value;
        }

        return sequence >= 1;
    }
}
