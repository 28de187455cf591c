namespace PaymentEngine.Scripting;

/// <summary>Loops and functions.</summary>
internal sealed partial class Parser
{
    private While ParseWhile()
    {
        var opener = Advance();
        return new While(opener, ParseHeader(), ParseBody(opener));
    }

    private For ParseFor()
    {
        var opener = Advance();
        var isTable = opener.Text == "tablerow";
        var (at, depth) = (Current, _depth);
        Target variable;
        Expression list;
        var (options, columns) = (new ForOptions(null, null, false), (Expression?)null);
        try
        {
            variable = ParsePrimary() as Target ?? throw Fail(at, $"Expecting a variable after `{opener.Text}`");
            if (!Current.IsWord("in")) throw Fail(Current, $"{Describe(Current)}: expecting `in` after the variable of `{opener.Text}`");
            Advance();
            _isForHeader = true;
            list = ParseExpression();
            (options, columns) = ParseForOptions(isTable);
            _isForHeader = false;
            ExpectStatementEnd();
        }
        catch (SyntaxFailure) when (!_isFatal)
        {
            _depth = depth;
            (_ignoresLines, _isForHeader) = (false, false);
            SkipStatement();
            (variable, list) = (Made(new Variable(at, "for")), Made(new Literal(at, Value.Null)));
        }

        Statement body = ParseBlock(opener);
        if (isTable) body = Made(new TableCell(opener, columns, body));
        Block? otherwise = null;
        if (Current.IsWord("else")) otherwise = ParseBlock(Advance());
        ExpectEnd(opener);
        return new For(opener, variable, list, options, body, otherwise);
    }

    private bool IsForOption => Current.IsWord("reversed") || (Current.Text is "offset" or "limit" or "cols" && Current.Kind == TokenKind.Identifier && Following.Is(":"));

    private (ForOptions Options, Expression? Columns) ParseForOptions(bool isTable)
    {
        Expression? offset = null, limit = null, columns = null;
        var isReversed = false;
        while (IsForOption)
        {
            var word = Advance();
            if (word.Text == "reversed") isReversed = true;
            else
            {
                Expect(":", $"after `{word.Text}`");
                var value = ParseBinary(0, takesArguments: false);
                if (word.Text == "offset") offset = value;
                else if (word.Text == "limit") limit = value;
                else columns = isTable ? value : throw Fail(word, "Only `tablerow` has `cols`");
            }
        }

        return (new ForOptions(offset, limit, isReversed), columns);
    }

    private FunctionStatement ParseFunc()
    {
        var opener = Advance();
        var at = Current;
        if (at.Kind is not (TokenKind.Identifier or TokenKind.Local) || Keywords.Contains(at.Text)) throw Fail(at, "Expecting a name after `func`");
        var target = ParsePrimary() as Target ?? throw Fail(at, "Expecting a name after `func`");
        var (parameters, takesRest) = Current.Is("(") ? ParseParameters() : (null, false);
        ExpectStatementEnd();
        var body = ParseBody(opener);
        return new FunctionStatement(opener, target, Made(new FunctionLiteral(opener, target.Name, parameters, takesRest, body)));
    }

    private (List<ParameterNode>? Parameters, bool TakesRest) ParseParameters()
    {
        Expect("(", "before parameters");
        var parameters = new List<ParameterNode>();
        var takesRest = false;
        while (!Current.Is(")"))
        {
            var name = Advance();
            if (name.Kind != TokenKind.Identifier || Keywords.Contains(name.Text)) throw Fail(name, $"{Describe(name)}: expecting the name of a parameter");
            if (takesRest) throw Fail(name, "No parameter may follow the one that takes the rest");
            if (parameters.Any(known => known.Name == name.Text)) throw Fail(name, $"The parameter `{name.Text}` is declared twice");
            Expression? missing = null;
            if (Accept("=")) missing = ParseBinary(0, takesArguments: true);
            else if (Accept("...")) takesRest = true;
            if (missing is null && !takesRest && parameters.Count > 0 && parameters[^1].Default is not null)
            {
                throw Fail(name, $"The parameter `{name.Text}` needs a default because the one before it has one");
            }

            parameters.Add(new ParameterNode(name.Text, missing));
            if (!Accept(",")) break;
        }

        Expect(")", "after parameters");
        return (parameters, takesRest);
    }

    private FunctionStatement ParseInlineFunction(Token first, Target name, Call call)
    {
        var symbol = Advance();
        if (call.Named.Count > 0 || call.Arguments.Any(argument => argument is not Variable))
        {
            throw Fail(symbol, "An inline function takes plain names as parameters");
        }

        var parameters = call.Arguments.Select(argument => new ParameterNode(argument.Name, null)).ToList();
        var body = ParseExpression();
        return new FunctionStatement(first, name, Made(new FunctionLiteral(first, name.Name, parameters, false, body)));
    }

    private FunctionLiteral ParseDo()
    {
        var opener = Advance();
        var (parameters, takesRest) = Current.Is("(") && !Current.HasSpaceBefore ? ParseParameters() : (null, false);
        var body = ParseBody(opener);
        return Made(new FunctionLiteral(opener, "do", parameters, takesRest, body));
    }
}
