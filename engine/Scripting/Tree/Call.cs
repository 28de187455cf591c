namespace PaymentEngine.Scripting;

internal sealed record NamedArgument(string Name, Position At, Expression Value);

/// <summary>f a b name: c, f(a, b), and a | f b, whose first argument is a.</summary>
internal sealed class Call(Token first, Expression callee, IReadOnlyList<Expression> arguments, IReadOnlyList<NamedArgument> named, CallForm form)
    : Expression(first)
{
    private readonly Expression[] _arguments = [.. arguments];
    private readonly bool _isPlain = named.Count == 0 && !arguments.Any(argument => argument is Spread);

    public Expression Callee => callee;
    public IReadOnlyList<Expression> Arguments => _arguments;
    public IReadOnlyList<NamedArgument> Named => named;
    public CallForm Form => form;
    public override string Name => callee.Name;

    public override Value Evaluate(Evaluation evaluation)
    {
        var start = evaluation.Top;
        // What is piped is computed before the callee is looked at.
        var isPiped = form == CallForm.Piped;
        if (isPiped) Push(_arguments[0], evaluation);
        var value = callee.EvaluateAlias(evaluation);
        if (value.Function is not { } function) throw NotAFunction(value);
        for (var i = isPiped ? 1 : 0; i < _arguments.Length; i++)
        {
            if (_isPlain) evaluation.Push(_arguments[i].Evaluate(evaluation));
            else Push(_arguments[i], evaluation);
        }

        var byName = _isPlain ? null : EvaluateNamed(evaluation);
        var result = Calling.Invoke(callee, function, evaluation.From(start), byName, evaluation);
        evaluation.Top = start;
        return result;
    }

    private static void Push(Expression argument, Evaluation evaluation)
    {
        var value = argument.Evaluate(evaluation);
        if (argument is not Spread)
        {
            evaluation.Push(value);
            return;
        }

        var count = Lists.CountOf(value);
        if (count < 0) throw argument.Fault($"Cannot expand `{Kinds.NameOf(value)}` to arguments");
        for (long i = 0; i < count; i++)
        {
            try
            {
                evaluation.Budget.Step(1);
                evaluation.Budget.Charge(16);
            }
            catch (ScriptFault fault)
            {
                throw argument.Fault(fault);
            }

            evaluation.Push(Lists.ItemAt(value, i));
        }
    }

    private ScriptObject? EvaluateNamed(Evaluation evaluation)
    {
        if (named.Count == 0) return null;
        var values = new ScriptObject(named.Count);
        foreach (var argument in named) values.Set(argument.Name, argument.Value.Evaluate(evaluation));
        return values;
    }

    private ScriptException NotAFunction(Value value) => callee.Fault(value.IsNull
        ? $"The function `{callee.Name}` was not found"
        : $"Invalid target function `{callee.Name}` ({Kinds.NameOf(value)})");

    public override IEnumerable<Node> Children => [callee, .. _arguments, .. named.Select(argument => argument.Value)];
}

internal enum CallForm
{
    Spaced,
    Parenthesised,
    Piped,
}

internal static class Calling
{
    /// <summary>A name that holds a function stands for its result.</summary>
    public static Value CallIfFunction(Node at, Value value, Evaluation evaluation)
    {
        if (value.Ref is null or Tag or string) return value;
        return value.Function is { } function ? Invoke(at, function, [], null, evaluation) : value;
    }

    public static Value Invoke(Node at, ScriptFunction function, ReadOnlySpan<Value> arguments, ScriptObject? named, Evaluation evaluation)
    {
        try
        {
            evaluation.EnterCall(function.Name);
            var result = function.Call(evaluation, arguments, named);
            evaluation.LeaveCall();
            return result;
        }
        catch (ScriptFault fault)
        {
            throw at.Fault(fault);
        }
    }
}
