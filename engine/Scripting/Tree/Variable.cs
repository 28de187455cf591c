namespace PaymentEngine.Scripting;

/// <summary>A global name: a member of the current object, of one around it, or a built-in.</summary>
internal sealed class Variable(Token first, string name) : Target(first)
{
    private int _hint;

    public override string Name => name;

    public override Value Evaluate(Evaluation evaluation) => Calling.CallIfFunction(this, EvaluateAlias(evaluation), evaluation);

    public override Value EvaluateAlias(Evaluation evaluation)
    {
        if (evaluation.TryFind(name, ref _hint, out var value)) return value;
        if (evaluation.Options.HasStrictVariables) throw Fault($"The variable or function `{name}` was not found");
        return Value.Null;
    }

    public override void Assign(Evaluation evaluation, Value value)
    {
        var target = evaluation.TargetOf(name);
        if (!target.MayWrite(name)) throw Fault($"Cannot set value on the readonly variable `{name}`");
        Storing.Set(this, target, name, ref _hint, value, evaluation);
    }

    public override IEnumerable<Node> Children => [];
}

/// <summary>$name: lives in the function or page that it is used in.</summary>
internal sealed class LocalVariable(Token first, string name) : Target(first)
{
    private int _hint;

    public override string Name => name;

    public override Value Evaluate(Evaluation evaluation) => Calling.CallIfFunction(this, EvaluateAlias(evaluation), evaluation);

    public override Value EvaluateAlias(Evaluation evaluation)
    {
        if (evaluation.Locals is { } locals && locals.TryGet(name, ref _hint, out var value)) return value;
        if (evaluation.Options.HasStrictVariables) throw Fault($"The variable or function `{name}` was not found");
        return Value.Null;
    }

    public override void Assign(Evaluation evaluation, Value value)
    {
        var locals = evaluation.Locals ??= new ScriptObject();
        if (!locals.MayWrite(name)) throw Fault($"Cannot set value on the readonly variable `{name}`");
        Storing.Set(this, locals, name, ref _hint, value, evaluation);
    }

    public override IEnumerable<Node> Children => [];
}

/// <summary>$, or with a number the argument at that place.</summary>
internal sealed class ArgumentsVariable(Token first, int? index) : Expression(first)
{
    public int? Index => index;
    public override string Name => $"${index}";

    public override Value Evaluate(Evaluation evaluation) => Calling.CallIfFunction(this, EvaluateAlias(evaluation), evaluation);

    public override Value EvaluateAlias(Evaluation evaluation)
    {
        if (evaluation.Arguments is not { } arguments) return Value.Null;
        return index is { } at ? arguments[at] : Value.Of(arguments);
    }

    public override IEnumerable<Node> Children => [];
}

/// <summary>this: the current object.</summary>
internal sealed class ThisVariable(Token first) : Expression(first)
{
    public override string Name => "this";
    public override Value Evaluate(Evaluation evaluation) => Value.Of(evaluation.Current);
    public override IEnumerable<Node> Children => [];
}

/// <summary>$$: runs the block that `wrap` passed to the function.</summary>
internal sealed class WrappedBlock(Token first) : Expression(first)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        if (evaluation.WrappedBlock is not { } wrapped) return Value.Null;
        try
        {
            evaluation.EnterCall("$$");
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }

        evaluation.WrappedBlock = wrapped.Outer;
        wrapped.Body.Execute(evaluation);
        evaluation.WrappedBlock = wrapped;
        evaluation.LeaveCall();
        return Value.Null;
    }

    public override IEnumerable<Node> Children => [];
}

internal static class Storing
{
    /// <summary>A new name costs memory, a known one does not.</summary>
    public static void Set(Node at, ScriptObject target, string name, ref int hint, Value value, Evaluation evaluation)
    {
        var before = target.Count;
        target.Set(name, ref hint, value);
        if (target.Count == before) return;
        try
        {
            evaluation.Budget.Charge(64);
        }
        catch (ScriptFault fault)
        {
            throw at.Fault(fault);
        }
    }
}
