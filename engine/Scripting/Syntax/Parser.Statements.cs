namespace PaymentEngine.Scripting;

/// <summary>Pages, blocks, and statements that are not loops or functions.</summary>
internal sealed partial class Parser
{
    private Block ParsePage()
    {
        var first = Current;
        var statements = new List<Statement>();
        while (Current.Kind != TokenKind.End)
        {
            ParseInto(statements);
            if (Current.Kind != TokenKind.Identifier || !EndsBlock(Current)) continue;
            Report(Current, $"Unexpected `{Current.Text}`: there is no open statement that it belongs to");
            SkipStatement();
        }

        return Made(new Block(first, statements));
    }

    private static bool EndsBlock(Token token) => token.Text is "end" or "else" or "when";

    /// <summary>Statements until end, else or when, which the caller consumes.</summary>
    private Block ParseBlock(Token opener)
    {
        Enter(opener);
        var (ignored, header) = (_ignoresLines, _isForHeader);
        (_ignoresLines, _isForHeader) = (false, false);
        var first = Current;
        var statements = new List<Statement>();
        while (Current.Kind != TokenKind.End && !(Current.Kind == TokenKind.Identifier && EndsBlock(Current))) ParseInto(statements);
        (_ignoresLines, _isForHeader) = (ignored, header);
        Leave();
        return Made(new Block(first, statements));
    }

    /// <summary>One statement, or what stands between statements; after an error, nothing up to the next one.</summary>
    private void ParseInto(List<Statement> statements)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.NewLine:
                Advance();
                return;
            case TokenKind.CodeExit:
                Advance();
                // }} of the line that opened this block belongs to the block around.
                if (statements.Exists(known => known is CodeEnter)) statements.Add(Made(new CodeExit(token)));
                return;
            case TokenKind.Text:
                Advance();
                statements.Add(Made(new RawText(token, token.Text)));
                return;
            case TokenKind.CodeEnter:
                Advance();
                statements.Add(Made(new CodeEnter(token, (string?)token.Extra)));
                return;
            case TokenKind.Identifier when EndsBlock(token):
                return;
        }

        var depth = _depth;
        try
        {
            statements.Add(Made(ParseStatement()));
            ExpectStatementEnd();
        }
        catch (SyntaxFailure) when (!_isFatal)
        {
            _depth = depth;
            (_ignoresLines, _isForHeader) = (false, false);
            SkipStatement();
        }
    }

    private bool IsStatementEnd => Current.Kind is TokenKind.NewLine or TokenKind.CodeExit or TokenKind.End;

    private void ExpectStatementEnd()
    {
        if (!IsStatementEnd) throw Fail(Current, $"{Describe(Current)}: expecting the end of the statement");
    }

    private void SkipStatement()
    {
        while (Current.Kind is not (TokenKind.NewLine or TokenKind.CodeExit or TokenKind.End)) Advance();
    }

    private Statement ParseStatement()
    {
        var token = Current;
        if (token.Kind != TokenKind.Identifier || Following.Is(".")) return ParseExpressionStatement();
        switch (token.Text)
        {
            case "if": return ParseIf();
            case "case": return ParseCase();
            case "for" or "tablerow": return ParseFor();
            case "while": return ParseWhile();
            case "func": return ParseFunc();
            case "ret":
                Advance();
                return new Return(token, IsStatementEnd ? null : ParseExpression());
            case "break" or "continue":
                Advance();
                return new Jump(token, token.Text == "break" ? Flow.Break : Flow.Continue);
            case "capture":
                Advance();
                var target = ParseTarget(token);
                return new Capture(token, target, ParseBody(token));
            case "with":
                Advance();
                return new With(token, ParseHeader(), ParseBody(token));
            case "wrap":
                Advance();
                if (Current.Is("@")) Advance();
                return new Wrap(token, ParseHeader(), ParseBody(token));
            case "readonly":
                Advance();
                return new ReadOnly(token, ParseTarget(token));
            case "import":
                Advance();
                return new Import(token, ParseExpression());
            default: return ParseExpressionStatement();
        }
    }

    private Target ParseTarget(Token statement)
    {
        var at = Current;
        return ParsePostfix() as Target ?? throw Fail(at, $"Expecting a variable after `{statement.Text}`");
    }

    /// <summary>The expression of a block statement: when it is wrong, its block is read all the same, so that `end` finds its place.</summary>
    private Expression ParseHeader()
    {
        var (first, depth) = (Current, _depth);
        try
        {
            var expression = ParseExpression();
            ExpectStatementEnd();
            return expression;
        }
        catch (SyntaxFailure) when (!_isFatal)
        {
            _depth = depth;
            (_ignoresLines, _isForHeader) = (false, false);
            SkipStatement();
            return Made(new Literal(first, Value.Null));
        }
    }

    private Block ParseBody(Token opener)
    {
        var body = ParseBlock(opener);
        ExpectEnd(opener);
        return body;
    }

    private void ExpectEnd(Token opener)
    {
        if (Current.IsWord("end"))
        {
            Advance();
            return;
        }

        Report(Current, $"{Describe(Current)}: the `{opener.Text}` at ({opener.At.Line},{opener.At.Column}) has no `end`");
        if (Current.Kind == TokenKind.End) return;
        throw new SyntaxFailure();
    }

    private Statement ParseExpressionStatement()
    {
        var first = Current;
        var expression = ParseExpression();
        var symbol = Current;
        if (symbol.Is("="))
        {
            if (expression is Call { Form: CallForm.Parenthesised, Callee: Target name } call) return ParseInlineFunction(first, name, call);
            Advance();
            return new Assignment(first, AsTarget(expression, symbol), null, ParseExpression());
        }

        if (symbol.Kind != TokenKind.Symbol || symbol.Text is not ("+=" or "-=" or "*=" or "/=" or "//=" or "%="))
        {
            return new ExpressionStatement(first, expression);
        }

        Advance();
        var target = AsTarget(expression, symbol);
        Operators.TryFind(symbol.Text[..^1], out var which, out _);
        var value = ParseExpression();
        return new Assignment(first, target, Made(new Binary(first, which, target, value, symbol.At)), value);
    }

    private Target AsTarget(Expression expression, Token symbol) =>
        expression as Target ?? throw Fail(symbol, $"Unexpected `{symbol.Text}`: only a variable, a member or an item can be assigned to");

    private If ParseIf(int chain = 0)
    {
        var opener = Advance();
        if (chain == MaxHeight)
        {
            _isFatal = true;
            throw Fail(opener, $"The chain of `else if` is too long: more than {MaxHeight} parts");
        }

        var condition = ParseHeader();
        var then = ParseBlock(opener);
        if (!Current.IsWord("else"))
        {
            ExpectEnd(opener);
            return new If(opener, condition, then, null);
        }

        var word = Advance();
        if (Current.IsWord("if"))
        {
            // The chain shares one end.
            return new If(opener, condition, then, Made(ParseIf(chain + 1)));
        }

        var otherwise = ParseBlock(word);
        ExpectEnd(opener);
        return new If(opener, condition, then, otherwise);
    }

    private Case ParseCase()
    {
        var opener = Advance();
        var subject = ParseHeader();
        while (Current.Kind is TokenKind.NewLine or TokenKind.CodeExit or TokenKind.CodeEnter or TokenKind.Text) Advance();
        var branches = new List<When>();
        while (Current.IsWord("when"))
        {
            var word = Advance();
            var values = new List<Expression>();
            do values.Add(ParseBinary(OrPrecedence + 1, takesArguments: true));
            while (Accept(",") || Accept("||"));
            ExpectStatementEnd();
            branches.Add(new When([.. values], ParseBlock(word)));
        }

        Block? otherwise = null;
        if (Current.IsWord("else")) otherwise = ParseBlock(Advance());
        ExpectEnd(opener);
        return new Case(opener, subject, branches, otherwise);
    }
}
