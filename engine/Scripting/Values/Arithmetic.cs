using System.Numerics;

namespace PaymentEngine.Scripting;

/// <summary>Binary operators on any two values. The commonest pairs never come here: the nodes handle them in place.</summary>
internal static class Arithmetic
{
    public static Value Apply(Operator which, Value left, Value right, Evaluation evaluation)
    {
        if (Operators.IsComparison(which)) return Value.Of(Compares(which, left, right, evaluation));
        if (which is Operator.Range or Operator.RangeExclusive) return MakeRange(which, left, right);
        if (left.Text is not null || right.Text is not null) return Texts.Apply(which, left, right, evaluation);
        if (left.IsNull || right.IsNull) return Value.Null;
        if (left.IsNumber && right.IsNumber) return OnNumbers(which, left, right, evaluation);
        if (left.Array is not null || right.Array is not null) return Lists.Apply(which, left, right, evaluation);
        return OnTimes(which, left, right) ?? throw NotSupported(which, left, right);
    }

    private static bool Compares(Operator which, Value left, Value right, Evaluation evaluation)
    {
        if (which == Operator.Equal) return Comparison.AreEqual(left, right, evaluation);
        if (which == Operator.NotEqual) return !Comparison.AreEqual(left, right, evaluation);
        if (left.IsNull || right.IsNull) return false;
        if (Comparison.Compare(left, right, evaluation) is not { } order)
        {
            if (left.IsNumber && right.IsNumber) return false; // not a number
            throw NotSupported(which, left, right);
        }

        return which switch
        {
            Operator.Less => order < 0,
            Operator.LessOrEqual => order <= 0,
            Operator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static Value MakeRange(Operator which, Value left, Value right)
    {
        if (left.Kind is ValueKind.Int or ValueKind.Long && right.Kind is ValueKind.Int or ValueKind.Long)
        {
            return Value.Of(new ScriptRange(left.Bits, right.Bits, which == Operator.RangeExclusive));
        }

        throw NotSupported(which, left, right);
    }

    private static Value OnNumbers(Operator which, Value left, Value right, Evaluation evaluation)
    {
        if (which is Operator.ShiftLeft or Operator.ShiftRight) return Shift(which, left, right, evaluation);
        switch (Numbers.Wider(left.Kind, right.Kind))
        {
            case ValueKind.Int or ValueKind.Long or ValueKind.Big: return OnIntegers(which, left, right, evaluation);
            case ValueKind.Decimal: return OnDecimals(which, Numbers.ToDecimal(left), Numbers.ToDecimal(right), evaluation);
            case ValueKind.Float: return Value.OfFloat((float)OnDoubles(which, Numbers.ToDouble(left), Numbers.ToDouble(right)));
            default:
                var result = OnDoubles(which, Numbers.ToDouble(left), Numbers.ToDouble(right));
                return which == Operator.DivideRound && Math.Abs(result) < 9e18 ? Value.Of((long)result) : Value.Of(result);
        }
    }

    private static Value OnIntegers(Operator which, Value left, Value right, Evaluation evaluation)
    {
        if (which == Operator.Divide) return Divide(left, right, evaluation);
        if (left.Kind != ValueKind.Big && right.Kind != ValueKind.Big && OnLongs(which, left.Bits, right.Bits) is { } small) return small;
        var (a, b) = (Numbers.ToBig(left), Numbers.ToBig(right));
        if (which is Operator.DivideRound or Operator.Modulus && b.IsZero) throw DividedByZero();
        // Long numbers cost time as well as memory.
        evaluation.ReserveBig(which == Operator.Multiply ? a.GetBitLength() + b.GetBitLength() : Math.Max(a.GetBitLength(), b.GetBitLength()) + 1);
        return Value.Of(which switch
        {
            Operator.Add => a + b,
            Operator.Subtract => a - b,
            Operator.Multiply => a * b,
            Operator.DivideRound => BigInteger.Divide(a, b),
            Operator.Modulus => BigInteger.Remainder(a, b),
            _ => throw NotSupported(which, left, right),
        });
    }

    /// <summary>Null when the result needs more than 64 bits.</summary>
    private static Value? OnLongs(Operator which, long a, long b)
    {
        long result;
        switch (which)
        {
            case Operator.Add:
                result = unchecked(a + b);
                return ((a ^ result) & (b ^ result)) < 0 ? null : Value.Of(result);
            case Operator.Subtract:
                result = unchecked(a - b);
                return ((a ^ b) & (a ^ result)) < 0 ? null : Value.Of(result);
            case Operator.Multiply:
                return Math.BigMul(a, b, out result) == result >> 63 ? Value.Of(result) : null;
            case Operator.DivideRound or Operator.Modulus when b == 0:
                throw DividedByZero();
            case Operator.DivideRound:
                return b == -1 ? a == long.MinValue ? null : Value.Of(-a) : Value.Of(a / b);
            case Operator.Modulus:
                return b == -1 ? Value.Of(0) : Value.Of(a % b);
            default:
                return null;
        }
    }

    private static Value Divide(Value left, Value right, Evaluation evaluation)
    {
        if (!evaluation.UsesDecimals) return Value.Of(Numbers.ToDouble(left) / Numbers.ToDouble(right));
        return OnDecimals(Operator.Divide, Numbers.ToDecimal(left), Numbers.ToDecimal(right), evaluation);
    }

    private static Value OnDecimals(Operator which, decimal left, decimal right, Evaluation evaluation)
    {
        if (right == 0 && (which is Operator.Divide or Operator.DivideRound or Operator.Modulus)) throw DividedByZero();
        evaluation.Budget.Charge(32);
        try
        {
            return which switch
            {
                Operator.Add => Value.Of(left + right),
                Operator.Subtract => Value.Of(left - right),
                Operator.Multiply => Value.Of(left * right),
                Operator.Divide => Value.Of(left / right),
                Operator.DivideRound => Value.Of(Math.Round(left / right)),
                _ => Value.Of(left % right),
            };
        }
        catch (OverflowException)
        {
            throw new ScriptFault("The result is too large for a decimal");
        }
    }

    private static double OnDoubles(Operator which, double left, double right) => which switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.Divide => left / right,
        Operator.DivideRound => Math.Round(left / right),
        _ => left % right,
    };

    private static Value Shift(Operator which, Value left, Value right, Evaluation evaluation)
    {
        if (!left.IsInteger || !right.IsInteger) throw NotSupported(which, left, right);
        var by = (long)Numbers.ToInt(right);
        if (which == Operator.ShiftRight) by = -by;
        var number = Numbers.ToBig(left);
        evaluation.ReserveBig(number.GetBitLength() + Math.Max(0, by));
        // Beyond its length a number shifts to its sign.
        by = Math.Max(by, -number.GetBitLength() - 1);
        return Value.Of(by >= 0 ? number << (int)by : number >> (int)-by);
    }

    private static Value? OnTimes(Operator which, Value left, Value right)
    {
        try
        {
            return (which, left.Kind, right.Kind) switch
            {
                (Operator.Subtract, ValueKind.Date, ValueKind.Date) => Value.Of(left.Date - right.Date),
                (Operator.Add, ValueKind.Date, ValueKind.TimeSpan) => Value.Of(left.Date + right.TimeSpan),
                (Operator.Subtract, ValueKind.Date, ValueKind.TimeSpan) => Value.Of(left.Date - right.TimeSpan),
                (Operator.Add, ValueKind.TimeSpan, ValueKind.TimeSpan) => Value.Of(left.TimeSpan + right.TimeSpan),
                (Operator.Subtract, ValueKind.TimeSpan, ValueKind.TimeSpan) => Value.Of(left.TimeSpan - right.TimeSpan),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or OverflowException)
        {
            throw new ScriptFault("The date is out of range");
        }
    }

    public static ScriptFault DividedByZero() => new("Attempted to divide by zero");

    public static ScriptFault NotSupported(Operator which, Value left, Value right) =>
        new($"The operator `{Operators.SymbolOf(which)}` is not supported between `{Kinds.NameOf(left)}` and `{Kinds.NameOf(right)}`");
}
