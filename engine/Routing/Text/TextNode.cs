namespace PaymentEngine.Routing.Text;

/// <summary>A part of a text form, whichever it is: YAML and JSON say the same in different letters.</summary>
/// <param name="Line">Counted from 1; 0 for what is yet to be written.</param>
internal abstract record TextNode(int Line);

/// <param name="IsText">False for what stands without quotes: a number, a truth, or a text that needs none.</param>
internal sealed record TextScalar(string Value, bool IsText, int Line = 0) : TextNode(Line);

internal sealed record TextList(IReadOnlyList<TextNode> Items, int Line = 0) : TextNode(Line);

internal sealed record TextMap(IReadOnlyList<TextField> Fields, int Line = 0) : TextNode(Line)
{
    /// <summary>Whether YAML writes it in one line.</summary>
    public bool IsShort { get; init; }
}

internal readonly record struct TextField(string Name, TextNode Value, int Line = 0);

/// <summary>What a document may cost its reader.</summary>
internal static class TextLimits
{
    public const int MostChars = 1024 * 1024;
    public const int MostNodes = 400_000;
    public const int Deepest = 16;
    public const int MostErrors = 100;

    /// <summary>Of a name, a code or a reason. Names stand in the path of everything below them, and in every order that goes there.</summary>
    public const int LongestText = 256;
}

/// <summary>The text is not a document at all.</summary>
internal sealed class TextFaultException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
