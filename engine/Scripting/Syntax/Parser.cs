namespace PaymentEngine.Scripting;

/// <summary>
/// Makes the tree from tokens. It goes on after an error at the next statement, so that all errors are reported at once.
/// Here: the walk over tokens, and what all parts use.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxHeight = 200;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "if", "else", "end", "for", "in", "tablerow", "while", "case", "when", "break", "continue", "func", "do", "ret",
        "capture", "with", "readonly", "import", "wrap",
    };

    private readonly IReadOnlyList<Token> _tokens;
    private readonly List<ScriptError> _errors;
    private readonly ScriptLimits _limits;
    private int _at;
    private int _depth;
    private bool _isFatal;

    /// <summary>Inside of [ ] and { } lines may end anywhere.</summary>
    private bool _ignoresLines;

    private bool _isForHeader;

    private Parser(IReadOnlyList<Token> tokens, List<ScriptError> errors, ScriptLimits limits)
    {
        (_tokens, _errors, _limits) = (tokens, errors, limits);
    }

    /// <summary>Ends the statement that cannot be understood; its error is already recorded.</summary>
    private sealed class SyntaxFailure : Exception;

    public static Block Parse(string text, bool isTemplate, ScriptLimits limits, List<ScriptError> errors)
    {
        if (text.Length > limits.MaxLength)
        {
            errors.Add(new ScriptError(new Position(1, 1), $"The script is too long: {text.Length} of at most {limits.MaxLength} characters"));
            return new Block(default, []);
        }

        var tokens = Lexer.Tokenize(text, isTemplate, errors);
        var parser = new Parser(tokens, errors, limits);
        try
        {
            return parser.ParsePage();
        }
        catch (SyntaxFailure)
        {
            return new Block(tokens[0], []);
        }
        finally
        {
            errors.Sort((a, b) => (a.At.Line, a.At.Column).CompareTo((b.At.Line, b.At.Column)));
            if (errors.Count > limits.MaxErrors) errors.RemoveRange(limits.MaxErrors, errors.Count - limits.MaxErrors);
        }
    }

    private Token Current
    {
        get
        {
            if (_ignoresLines)
            {
                while (_tokens[_at].Kind == TokenKind.NewLine) _at++;
            }

            return _tokens[_at];
        }
    }

    private Token Following => _at + 1 < _tokens.Count ? _tokens[_at + 1] : _tokens[^1];

    private Token Advance()
    {
        var token = Current;
        if (_at < _tokens.Count - 1) _at++;
        return token;
    }

    private bool Accept(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        Advance();
        return true;
    }

    private Token Expect(string symbol, string where)
    {
        if (Current.Is(symbol)) return Advance();
        throw Fail(Current, $"{Describe(Current)}: expecting `{symbol}` {where}");
    }

    private SyntaxFailure Fail(Token at, string message)
    {
        Report(at, message);
        return new SyntaxFailure();
    }

    private void Report(Token at, string message)
    {
        _errors.Add(new ScriptError(at.At, message));
        if (_errors.Count >= _limits.MaxErrors) _isFatal = true;
    }

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "Unexpected end of script",
        TokenKind.CodeExit => "Unexpected end of code block",
        TokenKind.NewLine when token.Text != ";" => "Unexpected end of line",
        TokenKind.String => $"Unexpected string \"{token.Text}\"",
        TokenKind.Text => "Unexpected text",
        _ => $"Unexpected `{token.Text}`",
    };

    private void Enter(Token at)
    {
        if (++_depth <= _limits.MaxNesting) return;
        _isFatal = true;
        throw Fail(at, $"The script is nested too deeply: more than {_limits.MaxNesting} levels");
    }

    private void Leave() => _depth--;

    /// <summary>Finishes a node. Chains grow as deep as nesting does, and so does the stack that evaluates them.</summary>
    private T Made<T>(T node) where T : Node
    {
        var height = 0;
        foreach (var child in node.Children) height = Math.Max(height, child.Height);
        node.Height = height + 1;
        if (_at > 0) node.End = Math.Max(node.End, _tokens[_at - 1].End);
        if (node.Height <= MaxHeight) return node;
        _isFatal = true;
        _errors.Add(new ScriptError(node.At, $"The expression or chain is too long: more than {MaxHeight} parts"));
        throw new SyntaxFailure();
    }
}
