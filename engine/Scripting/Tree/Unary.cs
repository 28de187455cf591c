namespace PaymentEngine.Scripting;

internal sealed class Not(Token first, Expression operand) : Expression(first)
{
    public Expression Operand => operand;
    public override Value Evaluate(Evaluation evaluation) => Value.Of(!operand.Test(evaluation));
    public override bool Test(Evaluation evaluation) => !operand.Test(evaluation);
    public override IEnumerable<Node> Children => [operand];
}

/// <summary>-x and +x</summary>
internal sealed class Signed(Token first, bool isNegative, Expression operand) : Expression(first)
{
    public bool IsNegative => isNegative;
    public Expression Operand => operand;

    public override Value Evaluate(Evaluation evaluation)
    {
        var value = operand.Evaluate(evaluation);
        if (value.IsNull) return value;
        if (!value.IsNumber) throw Fault($"The operator `{(isNegative ? '-' : '+')}` is not supported on `{Kinds.NameOf(value)}`");
        if (!isNegative) return value;
        try
        {
            return value.Kind switch
            {
                ValueKind.Double => Value.Of(-value.Double),
                ValueKind.Float => Value.OfFloat((float)-value.Double),
                _ => Arithmetic.Apply(Operator.Subtract, Value.Of(0), value, evaluation),
            };
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => [operand];
}

/// <summary>@f: the function itself instead of its result.</summary>
internal sealed class Alias(Token first, Expression operand) : Expression(first)
{
    public Expression Operand => operand;
    public override Value Evaluate(Evaluation evaluation) => operand.EvaluateAlias(evaluation);
    public override IEnumerable<Node> Children => [operand];
}

/// <summary>++x, --x, x++, x--</summary>
internal sealed class Increment(Token first, Target target, bool isDown, bool isPrefix) : Expression(first)
{
    public Target Operand => target;

    public override Value Evaluate(Evaluation evaluation)
    {
        var before = target.Evaluate(evaluation);
        Value after;
        try
        {
            after = Arithmetic.Apply(isDown ? Operator.Subtract : Operator.Add, before, Value.Of(1), evaluation);
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }

        target.Assign(evaluation, after);
        return isPrefix ? after : before;
    }

    public override IEnumerable<Node> Children => [target];
}

/// <summary>^list as an argument: its items become arguments.</summary>
internal sealed class Spread(Token first, Expression operand) : Expression(first)
{
    public Expression Operand => operand;
    public override Value Evaluate(Evaluation evaluation) => operand.Evaluate(evaluation);
    public override IEnumerable<Node> Children => [operand];
}

/// <summary>(expression): kept as a node because a parenthesis is a callee and an argument of its own.</summary>
internal sealed class Group(Token first, Expression inner) : Expression(first)
{
    public Expression Inner => inner;
    public override string Name => inner.Name;
    public override Value Evaluate(Evaluation evaluation) => inner.Evaluate(evaluation);
    public override Value EvaluateAlias(Evaluation evaluation) => inner.EvaluateAlias(evaluation);
    public override bool Test(Evaluation evaluation) => inner.Test(evaluation);
    public override IEnumerable<Node> Children => [inner];
}
