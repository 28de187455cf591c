namespace PaymentEngine.Scripting;

/// <summary>Arrays, ranges and strings as sequences, and the operators on arrays.</summary>
internal static class Lists
{
    public static Value Apply(Operator which, Value left, Value right, Evaluation evaluation)
    {
        switch (which)
        {
            case Operator.Add when IsList(left) && IsList(right):
                return Value.Of(Concat(left, right, evaluation));
            case Operator.Multiply when left.Array is { } array && right.IsInteger:
                return Value.Of(Repeat(array, Numbers.ToInt(right), evaluation));
            case Operator.Multiply when right.Array is { } array && left.IsInteger:
                return Value.Of(Repeat(array, Numbers.ToInt(left), evaluation));
            default:
                throw Arithmetic.NotSupported(which, left, right);
        }
    }

    public static bool IsList(Value value) => value.Kind is ValueKind.Array or ValueKind.Range;

    /// <summary>-1 for what is no sequence.</summary>
    public static long CountOf(Value value) => value.Kind switch
    {
        ValueKind.Array => value.Array!.Count,
        ValueKind.Range => value.Range!.Count,
        ValueKind.Text => value.Text!.Length,
        ValueKind.Object => value.Object!.Count,
        ValueKind.Null or ValueKind.Missing => 0,
        _ => -1,
    };

    /// <summary>The item at a position that exists. An object's items are its pairs of key and value.</summary>
    public static Value ItemAt(Value list, long index) => list.Kind switch
    {
        ValueKind.Array => list.Array![(int)index],
        ValueKind.Range => Value.Of(list.Range![index]),
        ValueKind.Text => Value.Of(list.Text![(int)index].ToString()),
        _ => Pair(list.Object!, (int)index),
    };

    private static Value Pair(ScriptObject item, int index)
    {
        var pair = new ScriptObject(2);
        pair.Set("key", Value.Of(item.Names[index]));
        pair.Set("value", item.ValueAt(index));
        return Value.Of(pair);
    }

    public static ScriptArray NewArray(long capacity, Evaluation evaluation)
    {
        evaluation.Budget.Charge(64 + 16 * capacity);
        evaluation.Budget.Step(capacity / 4);
        return new ScriptArray((int)Math.Min(capacity, int.MaxValue));
    }

    public static ScriptArray Concat(Value left, Value right, Evaluation evaluation)
    {
        var result = NewArray(CountOf(left) + CountOf(right), evaluation);
        for (long i = 0; i < CountOf(left); i++) result.Add(ItemAt(left, i));
        for (long i = 0; i < CountOf(right); i++) result.Add(ItemAt(right, i));
        return result;
    }

    private static ScriptArray Repeat(ScriptArray array, int times, Evaluation evaluation)
    {
        var result = NewArray((long)array.Count * Math.Max(0, times), evaluation);
        // Nothing, however often, is nothing.
        for (var i = 0; i < times && array.Count > 0; i++)
        {
            foreach (var item in array.Items) result.Add(item);
        }

        return result;
    }
}
