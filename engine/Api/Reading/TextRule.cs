using System.Buffers;

namespace PaymentEngine.Api.Reading;

/// <summary>How long a text may be, in characters as people count them, and of what it may be made.</summary>
internal sealed class TextRule(int minimum, int maximum, SearchValues<char>? alphabet = null, string? alphabetInWords = null)
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code)]);
    private static readonly SearchValues<char> ControlsButLines =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code).Except("\t\n\r")]);

    private SearchValues<char> _controls = Controls;

    public static readonly TextRule MerchantOrderNo = new(
        1,
        FieldLimits.MerchantOrderNo,
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."),
        "A-Z a-z 0-9 _ - .");

    /// <summary>Codes by which channels are chosen.</summary>
    public static readonly TextRule Element = new(
        1,
        FieldLimits.Element,
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."),
        "A-Z a-z 0-9 _ - .");

    public static readonly TextRule Party = new(1, FieldLimits.Party);

    public static readonly TextRule PayerAccount = new(1, FieldLimits.PayerAccount);

    public static readonly TextRule Description = new(0, FieldLimits.Description);

    /// <summary>For texts that are read further: their own reader knows better what is wrong.</summary>
    public static readonly TextRule Code = new(0, int.MaxValue);

    /// <summary>A text of several lines.</summary>
    public static TextRule OfLines(int minimum, int maximum) => new(minimum, maximum) { _controls = ControlsButLines };

    public string LengthInWords { get; } = $"must have {minimum} to {maximum} characters";

    public string AlphabetInWords { get; } =
        alphabetInWords is null ? "must not contain control characters" : $"may only contain {alphabetInWords}";

    public bool Accepts(string text) => FitsLength(text) && FitsAlphabet(text);

    public bool FitsLength(string text)
    {
        // A character outside the basic plane is two chars, of which the second is a low surrogate.
        var length = text.Length;
        for (var i = 0; i < text.Length && length > maximum; i++)
        {
            length -= char.IsLowSurrogate(text[i]) ? 1 : 0;
        }

        return length >= minimum && length <= maximum;
    }

    public bool FitsAlphabet(string text) =>
        alphabet is not null
            ? !text.AsSpan().ContainsAnyExcept(alphabet)
            : !text.AsSpan().ContainsAny(_controls) && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f');
}
