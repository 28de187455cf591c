namespace PaymentEngine.Scripting;

internal sealed class TextInput<TModel>(InputReader<TModel, string?> read) : TextPlan<TModel>
{
    public InputReader<TModel, string?> Read => read;
    public override string? Get(in TModel model) => read(model);
}

internal sealed class TextConstant<TModel>(string? text) : TextPlan<TModel>
{
    public string? Text => text;
    public override string? Get(in TModel model) => text;
}

/// <summary>Only the tree works on lists; this hands them over.</summary>
internal sealed class ListInput<TModel>(InputReader<TModel, IReadOnlyList<string>> read) : Plan<TModel>
{
    public override Value ToValue(in TModel model)
    {
        var texts = read(model);
        var list = new ScriptArray(texts.Count) { IsReadOnly = true };
        for (var i = 0; i < texts.Count; i++) list.Add(Value.Of(texts[i]));
        return Value.Of(list);
    }
}

internal sealed class BoolInput<TModel>(InputReader<TModel, bool> read) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => read(model);
}

internal sealed class BoolConstant<TModel>(bool value) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => value;
}

internal sealed class IntegerInput<TModel>(InputReader<TModel, long> read) : IntegerPlan<TModel>
{
    public InputReader<TModel, long> Read => read;
    public override long Get(in TModel model) => read(model);
}

internal sealed class IntegerConstant<TModel>(long number) : IntegerPlan<TModel>
{
    private readonly Value _value = Value.Of(number);

    public long Number => number;
    public override long Get(in TModel model) => number;
    public override Value ToValue(in TModel model) => _value;
}

internal sealed class DecimalInput<TModel>(InputReader<TModel, decimal> read) : DecimalPlan<TModel>
{
    public override decimal ToDecimal(in TModel model) => read(model);
}

internal sealed class DecimalConstant<TModel>(decimal number) : DecimalPlan<TModel>
{
    private readonly Value _value = Value.Of(number);

    public override decimal ToDecimal(in TModel model) => number;
    public override Value ToValue(in TModel model) => _value;
}

/// <summary>Overflow and division by zero are thrown: the tree then computes the value again, or its error.</summary>
internal sealed class IntegerArithmetic<TModel>(Operator which, IntegerPlan<TModel> left, IntegerPlan<TModel> right) : IntegerPlan<TModel>
{
    public static bool Knows(Operator which) =>
        which is Operator.Add or Operator.Subtract or Operator.Multiply or Operator.DivideRound or Operator.Modulus;

    public override long Get(in TModel model)
    {
        var (a, b) = (left.Get(model), right.Get(model));
        return which switch
        {
            Operator.Add => checked(a + b),
            Operator.Subtract => checked(a - b),
            Operator.Multiply => checked(a * b),
            Operator.DivideRound => checked(a / b),
            _ => b == -1 ? 0 : a % b,
        };
    }
}

internal sealed class DecimalArithmetic<TModel>(Operator which, NumberPlan<TModel> left, NumberPlan<TModel> right) : DecimalPlan<TModel>
{
    public static bool Knows(Operator which) => which == Operator.Divide || IntegerArithmetic<TModel>.Knows(which);

    public override decimal ToDecimal(in TModel model)
    {
        var (a, b) = (left.ToDecimal(model), right.ToDecimal(model));
        return which switch
        {
            Operator.Add => a + b,
            Operator.Subtract => a - b,
            Operator.Multiply => a * b,
            Operator.Divide => a / b,
            Operator.DivideRound => Math.Round(a / b),
            _ => a % b,
        };
    }
}

internal sealed class NumberChoice<TModel>(BoolPlan<TModel> condition, NumberPlan<TModel> then, NumberPlan<TModel> otherwise) : NumberPlan<TModel>
{
    public override decimal ToDecimal(in TModel model) => condition.Get(model) ? then.ToDecimal(model) : otherwise.ToDecimal(model);
    public override Value ToValue(in TModel model) => condition.Get(model) ? then.ToValue(model) : otherwise.ToValue(model);
}
