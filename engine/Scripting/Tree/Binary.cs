using System.Runtime.CompilerServices;

namespace PaymentEngine.Scripting;

/// <summary>left op right, for every operator that needs both sides.</summary>
internal sealed class Binary(Token first, Operator which, Expression left, Expression right, Position at) : Expression(first)
{
    public Operator Which => which;
    public Expression Left => left;
    public Expression Right => right;
    public Position OperatorAt => at;

    public override Value Evaluate(Evaluation evaluation) => Apply(left.Evaluate(evaluation), right.Evaluate(evaluation), evaluation);

    public Value Apply(Value a, Value b, Evaluation evaluation)
    {
        if (a.IsInt && b.IsInt)
        {
            // Sums and differences of ints fit a long.
            switch (which)
            {
                case Operator.Add: return Value.Of(a.Bits + b.Bits);
                case Operator.Subtract: return Value.Of(a.Bits - b.Bits);
                case Operator.Multiply: return Value.Of(a.Bits * b.Bits);
                case Operator.Equal: return Value.Of(a.Bits == b.Bits);
                case Operator.NotEqual: return Value.Of(a.Bits != b.Bits);
                case Operator.Less: return Value.Of(a.Bits < b.Bits);
                case Operator.LessOrEqual: return Value.Of(a.Bits <= b.Bits);
                case Operator.Greater: return Value.Of(a.Bits > b.Bits);
                case Operator.GreaterOrEqual: return Value.Of(a.Bits >= b.Bits);
                case Operator.Modulus when b.Bits != 0: return Value.Of(a.Bits % b.Bits);
            }
        }

        if (which is Operator.Equal or Operator.NotEqual && a.Ref is string { Length: < Budget.CharsPerStep } x && b.Ref is string y) return Value.Of((x == y) == (which == Operator.Equal));
        return ApplySlowly(a, b, evaluation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ApplySlowly(Value a, Value b, Evaluation evaluation)
    {
        try
        {
            if (which <= Operator.NotEqual && (ReferenceEquals(a.Ref, ScriptObject.Empty) || ReferenceEquals(b.Ref, ScriptObject.Empty)))
            {
                return CompareWithEmpty(a, b);
            }

            return Arithmetic.Apply(which, a, b, evaluation);
        }
        catch (ScriptFault fault)
        {
            throw new ScriptException(ScriptStage.Run, [new ScriptError(at, fault.Message)]);
        }
    }

    /// <summary>x == empty asks whether x has nothing in it; null has no answer.</summary>
    private Value CompareWithEmpty(Value a, Value b)
    {
        var other = ReferenceEquals(a.Ref, ScriptObject.Empty) ? b : a;
        if (other.IsNull) return Value.Null;
        var isEmpty = Lists.CountOf(other) == 0;
        return which switch
        {
            Operator.Equal => Value.Of(isEmpty),
            Operator.NotEqual => Value.Of(!isEmpty),
            _ => throw Arithmetic.NotSupported(which, a, b),
        };
    }

    public override IEnumerable<Node> Children => [left, right];
}

/// <summary>&amp;&amp; and ||: the right side only where it decides, and always a boolean.</summary>
internal sealed class Logical(Token first, Operator which, Expression left, Expression right) : Expression(first)
{
    public Operator Which => which;
    public Expression Left => left;
    public Expression Right => right;

    public override Value Evaluate(Evaluation evaluation) => Value.Of(Test(evaluation));

    public override bool Test(Evaluation evaluation) => which == Operator.And
        ? left.Test(evaluation) && right.Test(evaluation)
        : left.Test(evaluation) || right.Test(evaluation);

    public override IEnumerable<Node> Children => [left, right];
}

/// <summary>a ?? b: b where a is null. a ?! b: b where a is not null.</summary>
internal sealed class Coalesce(Token first, bool whenNull, Expression left, Expression right) : Expression(first)
{
    public bool WhenNull => whenNull;
    public Expression Left => left;
    public Expression Right => right;

    public override Value Evaluate(Evaluation evaluation)
    {
        var value = left.Evaluate(evaluation);
        return value.IsNull == whenNull ? right.Evaluate(evaluation) : value;
    }

    public override IEnumerable<Node> Children => [left, right];
}

internal sealed class Conditional(Token first, Expression condition, Expression then, Expression otherwise) : Expression(first)
{
    public Expression Condition => condition;
    public Expression Then => then;
    public Expression Otherwise => otherwise;

    public override Value Evaluate(Evaluation evaluation)
    {
        var isTrue = condition.Test(evaluation);
        evaluation.Trace?.Condition(condition, isTrue, evaluation);
        return isTrue ? then.Evaluate(evaluation) : otherwise.Evaluate(evaluation);
    }

    public override IEnumerable<Node> Children => [condition, then, otherwise];
}
