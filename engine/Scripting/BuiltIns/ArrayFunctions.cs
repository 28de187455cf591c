namespace PaymentEngine.Scripting;

/// <summary>array.*: every function answers a new list, the one that came in stays as it was.</summary>
internal static class ArrayFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("array.add", "list:List value", a => Value.Of(With(a, Copy(a, 1), a[1]))) { Result = ParameterType.List },
        new("array.add_range", "list1:List list2:List", Concat) { Result = ParameterType.List },
        new("array.concat", "list1:List list2:List", Concat) { Result = ParameterType.List },
        new("array.compact", "list:List", a => Select(a, (item, _) => !item.IsNull)) { Result = ParameterType.List },
        new("array.contains", "list:List item", Contains),
        new("array.first", "list:List", a => At(a.List(0), 0)),
        new("array.last", "list:List", a => At(a.List(0), Lists.CountOf(a[0]) - 1)),
        new("array.insert_at", "list:List index:Number value", InsertAt) { Result = ParameterType.List },
        new("array.remove_at", "list:List index:Number", RemoveAt) { Result = ParameterType.List },
        new("array.limit", "list:List count:Number", a => Slice(a, 0, a.Int(1))) { Result = ParameterType.List },
        new("array.offset", "list:List index:Number", a => Slice(a, Math.Max(0, a.Int(1)), long.MaxValue)) { Result = ParameterType.List },
        new("array.reverse", "list:List", Reverse) { Result = ParameterType.List },
        new("array.size", "list:List", a => Value.Of(Lists.CountOf(a.List(0)))) { Result = ParameterType.Number },
        new("array.uniq", "list:List", Uniq) { Result = ParameterType.List },
        new("array.cycle", "list:List group?", Cycle),
    ];

    private static Value At(Value list, long index) =>
        index >= 0 && index < Lists.CountOf(list) ? Lists.ItemAt(list, index) : Value.Null;

    private static ScriptArray Copy(Args a, int more)
    {
        var list = a.List(0);
        var count = Lists.CountOf(list);
        var copy = a.NewArray(count + more);
        for (long i = 0; i < count; i++) copy.Add(Lists.ItemAt(list, i));
        return copy;
    }

    private static ScriptArray With(Args a, ScriptArray array, Value item)
    {
        a.Budget.Charge(16);
        array.Add(item);
        return array;
    }

    private static Value Concat(Args a) => Value.Of(Lists.Concat(a.List(0), a.List(1), a.Evaluation));

    public static Value Select(Args a, Func<Value, Evaluation, bool> isKept)
    {
        var list = a.List(0);
        var kept = a.NewArray(4);
        for (long i = 0; i < Lists.CountOf(list); i++)
        {
            var item = Lists.ItemAt(list, i);
            if (isKept(item, a.Evaluation)) With(a, kept, item);
        }

        return Value.Of(kept);
    }

    private static Value Contains(Args a)
    {
        var list = a.List(0);
        for (long i = 0; i < Lists.CountOf(list); i++)
        {
            if (Comparison.AreEqual(Lists.ItemAt(list, i), a[1], a.Evaluation)) return Value.True;
        }

        return Value.False;
    }

    private static Value InsertAt(Args a)
    {
        var list = a.List(0);
        var count = Lists.CountOf(list);
        var index = Math.Max(0L, a.Int(1));
        var result = a.NewArray(Math.Max(count, index) + 1);
        for (long i = 0; i < Math.Min(index, count); i++) result.Add(Lists.ItemAt(list, i));
        while (result.Count < index) result.Add(Value.Null);
        result.Add(a[2]);
        for (var i = index; i < count; i++) result.Add(Lists.ItemAt(list, i));
        return Value.Of(result);
    }

    private static Value RemoveAt(Args a)
    {
        var list = a.List(0);
        var count = Lists.CountOf(list);
        long index = a.Int(1);
        if (index < 0) index += count;
        var result = a.NewArray(count);
        for (long i = 0; i < count; i++)
        {
            if (i != index) result.Add(Lists.ItemAt(list, i));
        }

        return Value.Of(result);
    }

    private static Value Slice(Args a, long offset, long limit)
    {
        var list = a.List(0);
        var count = Math.Clamp(Lists.CountOf(list) - offset, 0, Math.Max(0, limit));
        var result = a.NewArray(count);
        for (long i = 0; i < count; i++) result.Add(Lists.ItemAt(list, offset + i));
        return Value.Of(result);
    }

    private static Value Reverse(Args a)
    {
        var list = a.List(0);
        var count = Lists.CountOf(list);
        var result = a.NewArray(count);
        for (var i = count - 1; i >= 0; i--) result.Add(Lists.ItemAt(list, i));
        return Value.Of(result);
    }

    private static Value Uniq(Args a)
    {
        var seen = new HashSet<Value>();
        return Select(a, (item, evaluation) =>
        {
            evaluation.Budget.Charge(48);
            evaluation.Budget.Read(item.Text?.Length ?? 0);
            return seen.Add(item);
        });
    }

    private static Value Cycle(Args a)
    {
        var list = a.List(0);
        var count = Lists.CountOf(list);
        if (count == 0) return Value.Null;
        var cycles = a.Evaluation.Cycles ??= new Dictionary<string, int>(StringComparer.Ordinal);
        var key = a.Has(1) && !a[1].IsNull ? a.Text(1) : a.Text(0);
        a.Budget.Charge(64);
        var index = cycles.GetValueOrDefault(key);
        cycles[key] = index + 1;
        return Lists.ItemAt(list, index % count);
    }
}
