using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>array.* that call a function for each item, or look into the items.</summary>
internal static class ArrayHigherFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("array.any", "list:List function:Function args...", Any),
        new("array.each", "list:List function:Function", Each) { Result = ParameterType.List },
        new("array.filter", "list:List function:Function", Filter) { Result = ParameterType.List },
        new("array.join", "list:List delimiter:Text function:Function?", Join) { Result = ParameterType.Text },
        new("array.map", "list:List member:Text", Map) { Result = ParameterType.List },
        new("array.sort", "list:List member:Text?", Sort) { Result = ParameterType.List },
    ];

    private static Value Any(Args a)
    {
        var (list, function) = (a.List(0), a.Function(1));
        var arguments = new Value[a.Count - 1];
        a.After(2).CopyTo(arguments.AsSpan(1));
        for (long i = 0; i < Lists.CountOf(list); i++)
        {
            arguments[0] = Lists.ItemAt(list, i);
            if (Call(a.Evaluation, function, arguments).IsTruthy) return Value.True;
        }

        return Value.False;
    }

    private static Value Each(Args a)
    {
        var (list, function) = (a.List(0), a.Function(1));
        var count = Lists.CountOf(list);
        var result = a.NewArray(count);
        for (long i = 0; i < count; i++) result.Add(Call(a.Evaluation, function, [Lists.ItemAt(list, i)]));
        return Value.Of(result);
    }

    private static Value Filter(Args a)
    {
        var function = a.Function(1);
        return ArrayFunctions.Select(a, (item, evaluation) => Call(evaluation, function, [item]).IsTruthy);
    }

    private static Value Call(Evaluation evaluation, ScriptFunction function, ReadOnlySpan<Value> arguments)
    {
        evaluation.EnterCall(function.Name);
        var result = function.Call(evaluation, arguments, null);
        evaluation.LeaveCall();
        return result;
    }

    private static Value Join(Args a)
    {
        var (list, delimiter) = (a.List(0), a.Text(1));
        var function = a.Has(2) && !a[2].IsNull ? a.Function(2) : null;
        var text = new StringBuilder();
        for (long i = 0; i < Lists.CountOf(list); i++)
        {
            var item = Value.Of(a.Evaluation.TextOf(Lists.ItemAt(list, i)));
            if (function is not null) item = Call(a.Evaluation, function, [item]);
            var part = a.Evaluation.TextOf(item);
            a.Budget.Charge(2L * (part.Length + delimiter.Length));
            if (i > 0) text.Append(delimiter);
            text.Append(part);
        }

        return a.MadeText(text.ToString());
    }

    private static Value Map(Args a)
    {
        var (list, member) = (a.List(0), a.Text(1));
        var count = Lists.CountOf(list);
        var result = a.NewArray(count);
        for (long i = 0; i < count; i++) result.Add(MemberOf(Lists.ItemAt(list, i), member, a.Evaluation));
        return Value.Of(result);
    }

    private static Value MemberOf(Value item, string member, Evaluation evaluation)
    {
        if (item.Object is { } known && known.TryGet(member, out var value)) return value;
        return Members.TryGet(item, member, evaluation, out value) ? value : Value.Null;
    }

    private static Value Sort(Args a)
    {
        var list = a.List(0);
        var member = a.TextOrNull(1);
        var evaluation = a.Evaluation;
        var count = Lists.CountOf(list);
        a.Budget.Charge(112 * count);
        var items = new (Value Key, Value Item)[count];
        for (var i = 0; i < items.Length; i++)
        {
            var item = Lists.ItemAt(list, i);
            items[i] = (member is null ? item : MemberOf(item, member, evaluation), item);
        }

        MergeSort(items, new (Value, Value)[count], evaluation);
        var sorted = new ScriptArray((int)count);
        foreach (var (_, item) in items) sorted.Add(item);
        return Value.Of(sorted);
    }

    /// <summary>Stable, and a fault of the comparison comes out as it is, which the runtime's own sort would wrap.</summary>
    private static void MergeSort(Span<(Value Key, Value Item)> items, Span<(Value Key, Value Item)> spare, Evaluation evaluation)
    {
        if (items.Length < 2) return;
        var middle = items.Length / 2;
        MergeSort(items[..middle], spare[..middle], evaluation);
        MergeSort(items[middle..], spare[middle..], evaluation);
        items.CopyTo(spare);
        for (int left = 0, right = middle, at = 0; at < items.Length; at++)
        {
            var takesLeft = right == items.Length || (left < middle && Comparison.Order(spare[left].Key, spare[right].Key, evaluation) <= 0);
            items[at] = takesLeft ? spare[left++] : spare[right++];
        }
    }
}
