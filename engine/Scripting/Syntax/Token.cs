namespace PaymentEngine.Scripting;

internal enum TokenKind
{
    /// <summary>Text outside of code.</summary>
    Text,
    CodeEnter,
    CodeExit,

    /// <summary>End of line or ;</summary>
    NewLine,
    Identifier,

    /// <summary>$name, $, $0 and $$; Text holds what follows the first $.</summary>
    Local,
    Number,
    String,
    Interpolated,
    Symbol,
    End,
}

/// <summary>One token; Text is the name, the symbol, or the content of a string.</summary>
internal readonly record struct Token(TokenKind Kind, Position At, int Start, int End, string Text, bool HasSpaceBefore, object? Extra = null)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;
}

/// <summary>A number with a fraction and no suffix; not every one is a decimal too.</summary>
internal sealed record Fraction(double Number, decimal? Exact);

/// <summary>A piece of an interpolated string: text, or the tokens of an expression.</summary>
internal sealed record InterpolationPart(string? Text, IReadOnlyList<Token>? Tokens);
