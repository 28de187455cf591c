namespace PaymentEngine.Scripting;

/// <summary>An expression over declared values whose type is known: it is evaluated without boxing anything.</summary>
internal abstract class Plan<TModel>
{
    public abstract Value ToValue(in TModel model);
}

internal abstract class BoolPlan<TModel> : Plan<TModel>
{
    public abstract bool Get(in TModel model);
    public sealed override Value ToValue(in TModel model) => Value.Of(Get(model));
}

internal abstract class TextPlan<TModel> : Plan<TModel>
{
    public abstract string? Get(in TModel model);
    public sealed override Value ToValue(in TModel model) => Value.Of(Get(model));
}

internal abstract class NumberPlan<TModel> : Plan<TModel>
{
    public abstract decimal ToDecimal(in TModel model);
}

internal abstract class IntegerPlan<TModel> : NumberPlan<TModel>
{
    public abstract long Get(in TModel model);
    public sealed override decimal ToDecimal(in TModel model) => Get(model);
    public override Value ToValue(in TModel model) => Value.Of(Get(model));
}

internal abstract class DecimalPlan<TModel> : NumberPlan<TModel>
{
    public override Value ToValue(in TModel model) => Value.Of(ToDecimal(model));
}

/// <summary>What runs; the answer is the expression that was returned, or null when the end was reached.</summary>
internal abstract class PlanStatement<TModel>
{
    public abstract Plan<TModel>? Run(in TModel model);
}

internal sealed class PlanReturn<TModel>(Plan<TModel> value) : PlanStatement<TModel>
{
    public override Plan<TModel> Run(in TModel model) => value;
}

internal sealed class PlanIf<TModel>(BoolPlan<TModel> condition, PlanStatement<TModel> then, PlanStatement<TModel>? otherwise)
    : PlanStatement<TModel>
{
    public override Plan<TModel>? Run(in TModel model) => condition.Get(model) ? then.Run(model) : otherwise?.Run(model);
}

internal sealed class PlanBlock<TModel>(PlanStatement<TModel>[] statements) : PlanStatement<TModel>
{
    public override Plan<TModel>? Run(in TModel model)
    {
        foreach (var statement in statements)
        {
            if (statement.Run(model) is { } returned) return returned;
        }

        return null;
    }
}
