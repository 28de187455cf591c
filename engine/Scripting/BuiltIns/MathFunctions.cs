namespace PaymentEngine.Scripting;

internal static class MathFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        Number("math.abs", "value:Number", a => Abs(a.Number(0), a.Evaluation)),
        Number("math.ceil", "value:Number", a => Whole(a.Number(0), decimal.Ceiling, Math.Ceiling)),
        Number("math.floor", "value:Number", a => Whole(a.Number(0), decimal.Floor, Math.Floor)),
        Number("math.round", "value:Number precision:Number?", Round),
        Number("math.plus", "value:Number with:Number", a => Apply(a, Operator.Add)),
        Number("math.minus", "value:Number with:Number", a => Apply(a, Operator.Subtract)),
        Number("math.times", "value:Number with:Number", a => Apply(a, Operator.Multiply)),
        Number("math.modulo", "value:Number with:Number", a => Apply(a, Operator.Modulus)),
        Number("math.divided_by", "value:Number divisor:Number", DividedBy),
        new("math.is_number", "value", a => Value.Of(a[0].IsNumber)),
        new("math.format", "value:Number format:Text culture:Text?", a => Formatting.Format(a, a.Number(0))) { Result = ParameterType.Text },
        new("math.random", "minValue:Number maxValue:Number", Random) { Result = ParameterType.Number, IsImpure = true },
        new("math.uuid", "", Uuid) { Result = ParameterType.Text, IsImpure = true },
    ];

    private static BuiltIn Number(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.Number };

    private static Value Apply(Args a, Operator which) => Arithmetic.Apply(which, a.Number(0), a.Number(1), a.Evaluation);

    private static Value Abs(Value value, Evaluation evaluation)
    {
        if (value.Kind is ValueKind.Double) return Value.Of(Math.Abs(value.Double));
        if (value.Kind is ValueKind.Float) return Value.OfFloat((float)Math.Abs(value.Double));
        return Comparison.CompareNumbers(value, Value.Of(0)) < 0 ? Arithmetic.Apply(Operator.Subtract, Value.Of(0), value, evaluation) : value;
    }

    private static Value Whole(Value value, Func<decimal, decimal> exact, Func<double, double> near) => value.Kind switch
    {
        ValueKind.Decimal => Value.Of(exact(value.Decimal)),
        ValueKind.Double => Value.Of(near(value.Double)),
        ValueKind.Float => Value.OfFloat((float)near(value.Double)),
        _ => value,
    };

    private static Value Round(Args a)
    {
        var precision = a.Int(1, 0);
        if (precision is < 0 or > 15) throw new ScriptFault($"The precision `{precision}` is out of range: 0 to 15");
        return Whole(a.Number(0), exact => decimal.Round(exact, precision), near => Math.Round(near, precision));
    }

    private static Value DividedBy(Args a)
    {
        var (value, divisor) = (a.Number(0), a.Number(1));
        if (!divisor.IsInteger) return Arithmetic.Apply(Operator.Divide, value, divisor, a.Evaluation);
        if (Comparison.CompareNumbers(divisor, Value.Of(0)) == 0) throw Arithmetic.DividedByZero();
        var floored = Whole(Arithmetic.Apply(Operator.Divide, value, divisor, a.Evaluation), decimal.Floor, Math.Floor);
        return Value.Of(Numbers.ToLong(floored));
    }

    private static Value Random(Args a)
    {
        var (from, to) = (a.Int(0), a.Int(1));
        if (a.Evaluation.Random is not { } random) throw new ScriptFault("There is no randomness here: `math.random`");
        return to < from ? throw new ScriptFault("`maxValue` must not be less than `minValue`") : Value.Of(random.Next(from, to));
    }

    private static Value Uuid(Args a)
    {
        if (a.Evaluation.Random is not { } random) throw new ScriptFault("There is no randomness here: `math.uuid`");
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return a.MadeText(new Guid(bytes).ToString());
    }
}
