using System.Buffers;

namespace PaymentEngine.Api.Reading;

/// <summary>How long a text may be, in characters as people count them, and of what it may be made.</summary>
internal sealed class TextRule(int minimum, int maximum, SearchValues<char>? alphabet = null, string? alphabetInWords = null)
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code)]);
    private static readonly SearchValues<char> ControlsButLines =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code).Except("\t\n\r")]);

    /// <summary>What is not seen, or makes what is seen another than what is stored.</summary>
    private static readonly SearchValues<char> Deceptive = SearchValues.Create(
        "\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff");

    private SearchValues<char> _controls = Controls;

    private bool _isDecidedBy;

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

    /// <summary>Who vouched for somebody: two spellings of one would count as two.</summary>
    public static readonly TextRule Source = new(
        1, FieldLimits.Party, SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-."), "a-z 0-9 _ - .");

    /// <summary>A reason or a remark, by which another person decides: he must see what is stored.</summary>
    public static readonly TextRule Reason = new(1, FieldLimits.Comment)
    {
        _controls = ControlsButLines,
        _isDecidedBy = true,
        LengthInWords = $"must have 1 to {FieldLimits.Comment} characters, not only blanks",
        AlphabetInWords = "must not contain control characters, nor any that are invisible or turn the direction of text",
    };

    /// <summary>A text of several lines.</summary>
    public static TextRule OfLines(int minimum, int maximum) => new(minimum, maximum) { _controls = ControlsButLines };

    public string LengthInWords { get; private init; } = $"must have {minimum} to {maximum} characters";

    public string AlphabetInWords { get; private init; } =
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

        return length >= minimum && length <= maximum && !(_isDecidedBy && string.IsNullOrWhiteSpace(text));
    }

    public bool FitsAlphabet(string text) =>
        alphabet is not null
            ? !text.AsSpan().ContainsAnyExcept(alphabet)
            : !text.AsSpan().ContainsAny(_controls) && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f') && !(_isDecidedBy && text.AsSpan().ContainsAny(Deceptive));
}
