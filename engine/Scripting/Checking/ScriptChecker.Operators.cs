namespace PaymentEngine.Scripting;

/// <summary>Operators, conditions, and the traps of both.</summary>
public sealed partial class ScriptChecker
{
    private void Condition(Expression condition)
    {
        var type = Infer(condition);
        if (type.IsNumber) Warn(condition.At, "This is always true, also for 0: only null and false are false");
        else if (type.Type is ScriptType.Text or ScriptType.List) Warn(condition.At, $"This is true for every {type.Name}, also an empty one: only null and false are false");
    }

    private Inferred InferBinary(Binary binary)
    {
        var (left, right) = (Infer(binary.Left), Infer(binary.Right));
        if (Operators.IsComparison(binary.Which))
        {
            CompareTypes(binary.OperatorAt, binary.Which, left, right);
            return Inferred.Bool;
        }

        if (binary.Which is Operator.Range or Operator.RangeExclusive)
        {
            if (IsNot(left, ScriptType.Integer) || IsNot(right, ScriptType.Integer)) Report(binary.OperatorAt, $"A range needs integers, but this is between {left.Name} and {right.Name}");
            return new Inferred(ScriptType.List, Inferred.Integer);
        }

        if (IsDivisionByZero(binary)) Report(binary.Right.At, "This divides by zero");
        if (left.Type == ScriptType.Text || right.Type == ScriptType.Text) return OnTexts(binary, left, right);
        if (!left.IsKnown || !right.IsKnown) return left.IsKnown || right.IsKnown ? Inferred.Any : left;
        if (left.IsNumber && right.IsNumber) return OnNumbers(binary.Which, left, right);
        return OnOthers(binary, left, right);
    }

    private static bool IsNot(Inferred type, ScriptType wanted) => type.IsKnown && type.Type != wanted;

    private static bool IsDivisionByZero(Binary binary) =>
        binary.Which is Operator.Divide or Operator.DivideRound or Operator.Modulus
        && binary.Right is Literal { Value: { IsNumber: true, Kind: ValueKind.Int, Bits: 0 } };

    private Inferred OnTexts(Binary binary, Inferred left, Inferred right)
    {
        if (binary.Which == Operator.Add) return Inferred.Text;
        var other = left.Type == ScriptType.Text ? right : left;
        if (binary.Which == Operator.Multiply && (!other.IsKnown || other.Type == ScriptType.Integer)) return Inferred.Text;
        return Unsupported(binary, left, right);
    }

    private static Inferred OnNumbers(Operator which, Inferred left, Inferred right)
    {
        if (which == Operator.Divide) return Inferred.Decimal;
        return left.Type == ScriptType.Integer && right.Type == ScriptType.Integer ? Inferred.Integer : Inferred.Decimal;
    }

    private Inferred OnOthers(Binary binary, Inferred left, Inferred right) => (binary.Which, left.Type, right.Type) switch
    {
        (Operator.Add, ScriptType.List, ScriptType.List) => Inferred.Join(left, right),
        (Operator.Multiply, ScriptType.List, ScriptType.Integer) => left,
        (Operator.Subtract, ScriptType.Date, ScriptType.Date) => new Inferred(ScriptType.TimeSpan),
        (Operator.Add or Operator.Subtract, ScriptType.Date, ScriptType.TimeSpan) => left,
        (Operator.Add or Operator.Subtract, ScriptType.TimeSpan, ScriptType.TimeSpan) => left,
        _ => Unsupported(binary, left, right),
    };

    private Inferred Unsupported(Binary binary, Inferred left, Inferred right)
    {
        Report(binary.OperatorAt, $"`{Operators.SymbolOf(binary.Which)}` does not work between {left.Name} and {right.Name}");
        return Inferred.Any;
    }

    private void CompareTypes(Position at, Operator which, Inferred left, Inferred right)
    {
        if (!left.IsKnown || !right.IsKnown || (left.IsNumber && right.IsNumber)) return;
        if (left.Type == right.Type)
        {
            if (which is not (Operator.Equal or Operator.NotEqual) && left.Type is ScriptType.Bool or ScriptType.List or ScriptType.Object or ScriptType.Function)
            {
                Report(at, $"`{Operators.SymbolOf(which)}` does not work between {left.Name} and {right.Name}");
            }
        }
        else if (left.Type == ScriptType.Text || right.Type == ScriptType.Text)
        {
            Warn(at, $"{left.Name} and {right.Name} are compared as text, so that \"10\" is less than \"9\"");
        }
        else if (which is Operator.Equal or Operator.NotEqual)
        {
            Warn(at, $"{left.Name} and {right.Name} are never equal");
        }
        else
        {
            Report(at, $"`{Operators.SymbolOf(which)}` does not work between {left.Name} and {right.Name}");
        }
    }
}
