namespace PaymentEngine.Scripting;

internal sealed class Block(Token first, IReadOnlyList<Statement> statements) : Statement(first)
{
    private readonly Statement[] _statements = [.. statements];
    private readonly bool _entersCode = statements.Any(statement => statement is CodeEnter);

    public IReadOnlyList<Statement> Statements => _statements;

    public override Flow Execute(Evaluation evaluation)
    {
        if (_entersCode) return ExecuteIndented(evaluation);
        foreach (var statement in _statements)
        {
            var flow = statement.Execute(evaluation);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    /// <summary>{{ sets the indent of what is written up to its }}, blocks and functions on the way included.</summary>
    private Flow ExecuteIndented(Evaluation evaluation)
    {
        var outer = evaluation.Output.Indent;
        var flow = Flow.Next;
        foreach (var statement in _statements)
        {
            if (statement is CodeExit) evaluation.Output.Indent = outer;
            else flow = statement.Execute(evaluation);
            if (flow != Flow.Next) break;
        }

        evaluation.Output.Indent = outer;
        return flow;
    }

    public override IEnumerable<Node> Children => _statements;
}

/// <summary>Text between code blocks, white space control already applied.</summary>
internal sealed class RawText(Token first, string text) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation)
    {
        try
        {
            evaluation.Output.Write(text);
            return Flow.Next;
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => [];
}

/// <summary>{{ after white space: what is written up to its }} is indented alike.</summary>
internal sealed class CodeEnter(Token first, string? indent) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation)
    {
        evaluation.Output.Indent = indent;
        return Flow.Next;
    }

    public override IEnumerable<Node> Children => [];
}

/// <summary>}} of a {{ in the same block: the indent is as it was before.</summary>
internal sealed class CodeExit(Token first) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation) => Flow.Next;
    public override IEnumerable<Node> Children => [];
}

/// <summary>An expression alone: its value is printed, or where nothing is printed it is the result so far.</summary>
internal sealed class ExpressionStatement(Token first, Expression expression) : Statement(first)
{
    public Expression Expression => expression;

    public override Flow Execute(Evaluation evaluation)
    {
        var value = expression.Evaluate(evaluation);
        if (!evaluation.Output.IsEnabled)
        {
            evaluation.Returned = value;
            return Flow.Next;
        }

        if (value.IsNull) return Flow.Next;
        try
        {
            evaluation.Output.Write(evaluation.TextOf(value));
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }

        return Flow.Next;
    }

    public override IEnumerable<Node> Children => [expression];
}

internal sealed class Assignment(Token first, Target target, Binary? compound, Expression value) : Statement(first)
{
    public Target Target => target;
    public Expression Value => value;

    /// <summary>For += and its like: target op value.</summary>
    public Binary? Compound => compound;

    public override Flow Execute(Evaluation evaluation)
    {
        evaluation.Returned = Scripting.Value.Null;
        target.Assign(evaluation, compound is null ? value.Evaluate(evaluation) : compound.Evaluate(evaluation));
        return Flow.Next;
    }

    public override IEnumerable<Node> Children => compound is null ? [target, value] : [target, compound];
}

/// <summary>func name … end, and name(a, b) = …</summary>
internal sealed class FunctionStatement(Token first, Target target, FunctionLiteral function) : Statement(first)
{
    public Target Target => target;
    public FunctionLiteral Function => function;

    public override Flow Execute(Evaluation evaluation)
    {
        target.Assign(evaluation, function.Evaluate(evaluation));
        return Flow.Next;
    }

    public override IEnumerable<Node> Children => [target, function];
}
