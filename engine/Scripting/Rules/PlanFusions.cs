namespace PaymentEngine.Scripting;

/// <summary>x >= low &amp;&amp; x &lt;= high: one reading for two comparisons.</summary>
internal sealed class InputInside<TModel>(InputReader<TModel, long> read, long low, long high) : BoolPlan<TModel>
{
    public override bool Get(in TModel model)
    {
        var number = read(model);
        return number >= low && number <= high;
    }
}

/// <summary>x >= from || x &lt;= to: a span of the clock over midnight.</summary>
internal sealed class InputOutside<TModel>(InputReader<TModel, long> read, long from, long to) : BoolPlan<TModel>
{
    public override bool Get(in TModel model)
    {
        var number = read(model);
        return number >= from || number <= to;
    }
}

/// <summary>x == "a" || x == "b" …</summary>
internal sealed class TextIsOneOf<TModel>(InputReader<TModel, string?> read, string?[] texts) : BoolPlan<TModel>
{
    public override bool Get(in TModel model)
    {
        var text = read(model);
        foreach (var candidate in texts)
        {
            if (string.Equals(text, candidate)) return true;
        }

        return false;
    }

    public InputReader<TModel, string?> Read => read;
    public string?[] Texts => texts;
}

/// <summary>Joins two neighbouring conditions on one input, so that it is read once.</summary>
internal static class Fusion
{
    public static BoolPlan<TModel> Join<TModel>(bool isAnd, BoolPlan<TModel> left, BoolPlan<TModel> right)
    {
        if (!isAnd && TextsOf(left) is { } a && TextsOf(right) is { } b && ReferenceEquals(a.Read, b.Read))
        {
            return new TextIsOneOf<TModel>(a.Read, [.. a.Texts, .. b.Texts]);
        }

        if (Bound(left) is { } x && Bound(right) is { } y && ReferenceEquals(x.Read, y.Read) && x.IsLower != y.IsLower)
        {
            var (low, high) = x.IsLower ? (x.Number, y.Number) : (y.Number, x.Number);
            return isAnd ? new InputInside<TModel>(x.Read, low, high) : new InputOutside<TModel>(x.Read, low, high);
        }

        return isAnd ? new PlanAnd<TModel>(left, right) : new PlanOr<TModel>(left, right);
    }

    private static (InputReader<TModel, string?> Read, string?[] Texts)? TextsOf<TModel>(BoolPlan<TModel> plan) => plan switch
    {
        TextIs<TModel> one => (one.Read, [one.Text]),
        TextIsOneOf<TModel> several => (several.Read, several.Texts),
        _ => null,
    };

    /// <summary>A bound of integers, the open ones as closed ones.</summary>
    private static (InputReader<TModel, long> Read, long Number, bool IsLower)? Bound<TModel>(BoolPlan<TModel> plan) => plan switch
    {
        InputOrder<TModel, IsGreaterOrEqual> order => (order.Read, order.Constant, true),
        InputOrder<TModel, IsLessOrEqual> order => (order.Read, order.Constant, false),
        InputOrder<TModel, IsGreater> order when order.Constant < long.MaxValue => (order.Read, order.Constant + 1, true),
        InputOrder<TModel, IsLess> order when order.Constant > long.MinValue => (order.Read, order.Constant - 1, false),
        _ => null,
    };
}
