using System.Globalization;

namespace PaymentEngine.Scripting;

/// <summary>Literals, names, parentheses, and the paths that begin with them.</summary>
internal sealed partial class Parser
{
    private Expression ParsePostfix()
    {
        var first = Current;
        var expression = ParsePrimary();
        while (Current.Kind == TokenKind.Symbol)
        {
            var symbol = Current;
            if (symbol.Text is "." or "?.") expression = ParseMember(first, expression);
            else if (symbol.Text == "[" && !symbol.HasSpaceBefore) expression = ParseIndexer(first, expression);
            else if (symbol.Text == "(" && !symbol.HasSpaceBefore && IsPath(expression)) expression = ParseParenthesised(first, expression);
            else break;
        }

        return expression;
    }

    private static bool IsPath(Expression expression) => expression is Target or ArgumentsVariable;

    private Member ParseMember(Token first, Expression target)
    {
        var dot = Advance();
        var name = Current;
        if (name.Kind != TokenKind.Identifier) throw Fail(name, $"{Describe(name)}: expecting the name of a member after `{dot.Text}`");
        Advance();
        return Made(new Member(first, target, name.Text, dot.Text == "?.", name.At));
    }

    private Indexer ParseIndexer(Token first, Expression target)
    {
        Advance();
        var index = Loosely(ParseExpression);
        Expect("]", "after the index");
        return Made(new Indexer(first, target, index));
    }

    private Call ParseParenthesised(Token first, Expression callee)
    {
        Enter(Advance());
        var (arguments, named) = (new List<Expression>(), new List<NamedArgument>());
        while (!Current.Is(")"))
        {
            if (Current.Kind == TokenKind.Identifier && Following.Is(":")) ParseArgument(arguments, named);
            else if (named.Count > 0) ParseArgument(arguments, named);
            else arguments.Add(ParseExpression());
            if (!Accept(",")) break;
        }

        Expect(")", "after arguments");
        Leave();
        return Made(new Call(first, callee, arguments, named, CallForm.Parenthesised));
    }

    private T Loosely<T>(Func<T> parse)
    {
        var outer = _ignoresLines;
        _ignoresLines = true;
        var result = parse();
        _ = Current;
        _ignoresLines = outer;
        return result;
    }

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return Made<Expression>(token.Extra is Fraction fraction ? new FractionLiteral(token, fraction.Number, fraction.Exact) : new Literal(token, (Value)token.Extra!));
            case TokenKind.String:
                Advance();
                return Made(new Literal(token, Value.Of(token.Text)));
            case TokenKind.Interpolated:
                Advance();
                return ParseInterpolation(token);
            case TokenKind.Local:
                Advance();
                return Made(MakeLocal(token));
            case TokenKind.Identifier: return ParseName(token);
            case TokenKind.Symbol when token.Text == "(": return ParseGroup(token);
            case TokenKind.Symbol when token.Text == "[": return ParseArray(token);
            case TokenKind.Symbol when token.Text == "{": return ParseObject(token);
            default: throw Fail(token, $"{Describe(token)}: expecting an expression");
        }
    }

    private static Expression MakeLocal(Token token)
    {
        var name = token.Text.AsSpan(1);
        if (name is "$") return new WrappedBlock(token);
        if (name.IsEmpty) return new ArgumentsVariable(token, null);
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new ArgumentsVariable(token, index)
            : new LocalVariable(token, token.Text);
    }

    private Expression ParseName(Token token)
    {
        if (token.Text == "do") return ParseDo();
        if (IsLoopMember) return ParseLoopMember(token);
        if (Keywords.Contains(token.Text)) throw Fail(token, $"Unexpected `{token.Text}`: expecting an expression");
        Advance();
        return Made<Expression>(token.Text switch
        {
            "true" => new Literal(token, Value.True),
            "false" => new Literal(token, Value.False),
            "null" => new Literal(token, Value.Null),
            "this" => new ThisVariable(token),
            _ => new Variable(token, token.Text),
        });
    }

    private LoopMember ParseLoopMember(Token token)
    {
        Advance();
        Advance();
        var isFor = token.Text == "for";
        var name = Advance();
        var known = isFor ? Loop.ForMembers : Loop.WhileMembers;
        if (!known.Contains(name.Text)) throw Fail(name, $"`{token.Text}.{name.Text}` does not exist: there are {string.Join(", ", known)}");
        return Made(new LoopMember(token, isFor, name.Text));
    }

    private Group ParseGroup(Token token)
    {
        Advance();
        var (outer, header) = (_ignoresLines, _isForHeader);
        (_ignoresLines, _isForHeader) = (false, false);
        var inner = ParseExpression();
        Expect(")", $"to close the one at ({token.At.Line},{token.At.Column})");
        (_ignoresLines, _isForHeader) = (outer, header);
        return Made(new Group(token, inner));
    }

    private ArrayLiteral ParseArray(Token token)
    {
        Advance();
        var items = Loosely(() =>
        {
            var found = new List<Expression>();
            while (!Current.Is("]"))
            {
                found.Add(ParseExpression());
                if (!Accept(",")) break;
            }

            return found;
        });
        Expect("]", $"to close the one at ({token.At.Line},{token.At.Column})");
        return Made(new ArrayLiteral(token, items));
    }

    private ObjectLiteral ParseObject(Token token)
    {
        Advance();
        var members = Loosely(() =>
        {
            var found = new List<(string, Expression)>();
            while (!Current.Is("}"))
            {
                var name = Current;
                if (name.Kind is not (TokenKind.Identifier or TokenKind.String)) throw Fail(name, $"{Describe(name)}: expecting the name of a member");
                Advance();
                Expect(":", "after the name of a member");
                found.Add((string.Intern(name.Text), ParseExpression()));
                if (!Accept(",")) break;
            }

            return found;
        });
        Expect("}", $"to close the one at ({token.At.Line},{token.At.Column})");
        return Made(new ObjectLiteral(token, members));
    }

    private Interpolation ParseInterpolation(Token token)
    {
        Enter(token);
        var parts = new List<Expression>();
        foreach (var part in (IReadOnlyList<InterpolationPart>)token.Extra!)
        {
            if (part.Text is { } text) parts.Add(Made(new Literal(token, Value.Of(text))));
            else parts.Add(ParseHole(part.Tokens!));
        }

        Leave();
        return Made(new Interpolation(token, parts));
    }

    private Expression ParseHole(IReadOnlyList<Token> tokens)
    {
        var parser = new Parser(tokens, _errors, _limits) { _depth = _depth };
        var expression = parser.ParseExpression();
        if (parser.Current.Kind != TokenKind.End) throw Fail(parser.Current, $"{Describe(parser.Current)}: expecting the end of the interpolation");
        return expression;
    }
}
