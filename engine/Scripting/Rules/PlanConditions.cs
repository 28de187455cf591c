namespace PaymentEngine.Scripting;

/// <summary>An order as a type, so that the comparison of two numbers is compiled in place.</summary>
internal interface IOrder
{
    static abstract bool Holds(long left, long right);
}

internal readonly struct IsLess : IOrder
{
    public static bool Holds(long left, long right) => left < right;
}

internal readonly struct IsLessOrEqual : IOrder
{
    public static bool Holds(long left, long right) => left <= right;
}

internal readonly struct IsGreater : IOrder
{
    public static bool Holds(long left, long right) => left > right;
}

internal readonly struct IsGreaterOrEqual : IOrder
{
    public static bool Holds(long left, long right) => left >= right;
}

internal readonly struct IsEqual : IOrder
{
    public static bool Holds(long left, long right) => left == right;
}

internal readonly struct IsNotEqual : IOrder
{
    public static bool Holds(long left, long right) => left != right;
}

/// <summary>input op constant: the commonest condition of all.</summary>
internal sealed class InputOrder<TModel, TOrder>(InputReader<TModel, long> read, long constant) : BoolPlan<TModel> where TOrder : struct, IOrder
{
    public InputReader<TModel, long> Read => read;
    public long Constant => constant;
    public override bool Get(in TModel model) => TOrder.Holds(read(model), constant);
}

internal sealed class IntegerOrder<TModel, TOrder>(IntegerPlan<TModel> left, IntegerPlan<TModel> right) : BoolPlan<TModel> where TOrder : struct, IOrder
{
    public override bool Get(in TModel model) => TOrder.Holds(left.Get(model), right.Get(model));
}

internal sealed class NumberOrder<TModel, TOrder>(NumberPlan<TModel> left, NumberPlan<TModel> right) : BoolPlan<TModel> where TOrder : struct, IOrder
{
    public override bool Get(in TModel model) => TOrder.Holds(decimal.Compare(left.ToDecimal(model), right.ToDecimal(model)), 0);
}

internal sealed class TextIs<TModel>(InputReader<TModel, string?> read, string? text) : BoolPlan<TModel>
{
    public InputReader<TModel, string?> Read => read;
    public string? Text => text;
    public override bool Get(in TModel model) => string.Equals(read(model), text);
}

internal sealed class TextsAreEqual<TModel>(TextPlan<TModel> left, TextPlan<TModel> right) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => string.Equals(left.Get(model), right.Get(model));
}

internal sealed class PlanNot<TModel>(BoolPlan<TModel> operand) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => !operand.Get(model);
}

internal sealed class PlanAnd<TModel>(BoolPlan<TModel> left, BoolPlan<TModel> right) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => left.Get(model) && right.Get(model);
}

internal sealed class PlanOr<TModel>(BoolPlan<TModel> left, BoolPlan<TModel> right) : BoolPlan<TModel>
{
    public override bool Get(in TModel model) => left.Get(model) || right.Get(model);
}
