namespace PaymentEngine.Scripting;

/// <summary>Operators, pipes and calls.</summary>
internal sealed partial class Parser
{
    private const int OrPrecedence = 30;

    /// <summary>An expression with pipes, which bind loosest.</summary>
    private Expression ParseExpression()
    {
        Enter(Current);
        var left = ParseConditional(takesArguments: true);
        while (Current.Is("|"))
        {
            Advance();
            while (_tokens[_at].Kind == TokenKind.NewLine) _at++;
            left = Pipe(left, ParseConditional(takesArguments: true));
        }

        Leave();
        return left;
    }

    private Expression ParseConditional(bool takesArguments)
    {
        var first = Current;
        var condition = ParseBinary(0, takesArguments);
        if (!Current.Is("?")) return condition;
        Enter(Current);
        Advance();
        var then = ParseConditional(takesArguments);
        Expect(":", "between the two branches of `?`");
        var otherwise = ParseConditional(takesArguments);
        Leave();
        return Made(new Conditional(first, condition, then, otherwise));
    }

    private Expression ParseBinary(int least, bool takesArguments)
    {
        var first = Current;
        var left = ParseUnary(takesArguments);
        while (Current.Kind == TokenKind.Symbol && Operators.TryFind(Current.Text, out var which, out var precedence) && precedence >= least)
        {
            var symbol = Advance();
            var right = ParseBinary(precedence + 1, takesArguments);
            left = Made(Combine(first, which, left, right, symbol));
        }

        return left;
    }

    private static Expression Combine(Token first, Operator which, Expression left, Expression right, Token symbol) => which switch
    {
        Operator.And or Operator.Or => new Logical(first, which, left, right),
        Operator.Coalesce or Operator.CoalesceNot => new Coalesce(first, which == Operator.Coalesce, left, right),
        _ => new Binary(first, which, left, right, symbol.At),
    };

    private Expression ParseUnary(bool takesArguments)
    {
        var symbol = Current;
        if (symbol.Kind != TokenKind.Symbol || symbol.Text is not ("!" or "-" or "+" or "@" or "^" or "++" or "--")) return ParseCall(takesArguments);
        Enter(symbol);
        Advance();
        Expression made = symbol.Text switch
        {
            "!" => new Not(symbol, ParseUnary(takesArguments)),
            "@" => new Alias(symbol, ParsePostfix()),
            "^" => new Spread(symbol, ParsePostfix()),
            "-" or "+" => Sign(symbol, ParseUnary(takesArguments)),
            _ => new Increment(symbol, AsTarget(ParsePostfix(), symbol), symbol.Text == "--", isPrefix: true),
        };
        Leave();
        return Made(made);
    }

    private static Expression Sign(Token symbol, Expression operand)
    {
        var isNegative = symbol.Text == "-";
        return operand switch
        {
            FractionLiteral when !isNegative => operand,
            FractionLiteral fraction => fraction.Negate(symbol),
            Literal { Value.Kind: ValueKind.Int or ValueKind.Long } number when isNegative => new Literal(symbol, Value.Of(-number.Value.Bits)),
            _ => new Signed(symbol, isNegative, operand),
        };
    }

    /// <summary>A path, and its arguments where it has some: f a (b) name: c. In f a ? b : c the call is the condition.</summary>
    private Expression ParseCall(bool takesArguments)
    {
        var first = Current;
        var callee = ParsePostfix();
        if (callee is Target target && IsPostfixStep())
        {
            return Made(new Increment(first, target, Advance().Text == "--", isPrefix: false));
        }

        if (!takesArguments || !StartsArgument()) return callee;
        var (arguments, named) = (new List<Expression>(), new List<NamedArgument>());
        while (StartsArgument()) ParseArgument(arguments, named);
        return Made(new Call(first, callee, arguments, named, CallForm.Spaced));
    }

    /// <summary>x++, and x ++ where nothing follows that ++ could belong to.</summary>
    private bool IsPostfixStep()
    {
        if (!Current.Is("++") && !Current.Is("--")) return false;
        return !Current.HasSpaceBefore || Following.Kind is not (TokenKind.Identifier or TokenKind.Local) || EndsBlock(Following);
    }

    private bool StartsArgument()
    {
        var token = Current;
        return token.Kind switch
        {
            TokenKind.Number or TokenKind.String or TokenKind.Interpolated or TokenKind.Local => true,
            TokenKind.Identifier => token.Text == "do" || (!Keywords.Contains(token.Text) && !(_isForHeader && IsForOption)) || IsLoopMember,
            TokenKind.Symbol => token.Text is "(" or "{" or "@" or "!" or "^" || (token.Text == "[" && token.HasSpaceBefore),
            _ => false,
        };
    }

    private bool IsLoopMember => (Current.IsWord("for") || Current.IsWord("while")) && Following.Is(".");

    private void ParseArgument(List<Expression> arguments, List<NamedArgument> named)
    {
        var token = Current;
        if (token.Kind == TokenKind.Identifier && Following.Is(":") && !Following.HasSpaceBefore)
        {
            Advance();
            Advance();
            named.Add(new NamedArgument(token.Text, token.At, ParseBinary(0, takesArguments: false)));
            return;
        }

        if (named.Count > 0) throw Fail(token, "Once arguments are named, the following arguments must be named too");
        Enter(token);
        arguments.Add(ParseBinary(0, takesArguments: false));
        Leave();
    }

    /// <summary>The value goes to the first call on the right: a | f b + 1 calls f with a.</summary>
    private Expression Pipe(Expression value, Expression right)
    {
        switch (right)
        {
            case Binary binary:
                return Made(new Binary(Place(value), binary.Which, Pipe(value, binary.Left), binary.Right, binary.OperatorAt));
            case Logical logical:
                return Made(new Logical(Place(value), logical.Which, Pipe(value, logical.Left), logical.Right));
            case Coalesce coalesce:
                return Made(new Coalesce(Place(value), coalesce.WhenNull, Pipe(value, coalesce.Left), coalesce.Right));
            case Conditional choice:
                return Made(new Conditional(Place(value), Pipe(value, choice.Condition), choice.Then, choice.Otherwise));
            case Call call when call.Form != CallForm.Piped:
                return Made(new Call(Place(value), call.Callee, [value, .. call.Arguments], call.Named, CallForm.Piped));
            case Alias alias:
                return Made(new Call(Place(value), alias.Operand, [value], [], CallForm.Piped));
            default:
                return Made(new Call(Place(value), right, [value], [], CallForm.Piped));
        }
    }

    /// <summary>A node that begins where another one does.</summary>
    private static Token Place(Node node) => new(TokenKind.End, node.At, node.Start, node.End, "", false);
}
