namespace PaymentEngine.Scripting;

/// <summary>object.*: all but those that evaluate text as a script.</summary>
internal static class ObjectFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("object.default", "value default", a => a[0].IsNull || a[0].Text is "" ? a[1] : a[0]),
        new("object.format", "value format:Text culture:Text?", a => a[0].IsNull ? Value.Of("") : Formatting.Format(a, a[0])) { Result = ParameterType.Text },
        new("object.has_key", "value:Object key:Text", a => Value.Of(a[0].Object is { } known && known.Contains(a.Text(1)))),
        new("object.has_value", "value:Object key:Text", a => Value.Of(a[0].Object is { } known && !known[a.Text(1)].IsNull)),
        new("object.keys", "value:Object", Keys) { Result = ParameterType.List },
        new("object.values", "value:Object", Values) { Result = ParameterType.List },
        new("object.size", "value", Size) { Result = ParameterType.Number },
        new("object.typeof", "value", a => Value.Of(TypeOf(a[0]))) { Result = ParameterType.Text },
        new("object.kind", "value", a => a[0].IsNull ? Value.Null : Value.Of(Kinds.NameOf(a[0]))) { Result = ParameterType.Text },
        new("object.to_json", "value", a => Value.Of(JsonForm.Write(a[0], a.Evaluation))) { Result = ParameterType.Text },
        new("object.from_json", "json:Text", a => JsonForm.Read(a.Text(0), a.Evaluation)),
    ];

    private static Value Keys(Args a)
    {
        if (a[0].IsNull) return a[0];
        var item = a.Object(0);
        var keys = a.NewArray(item.Count);
        foreach (var name in item.Names) keys.Add(Value.Of(name));
        return Value.Of(keys);
    }

    private static Value Values(Args a)
    {
        if (a[0].IsNull) return a[0];
        var item = a.Object(0);
        var values = a.NewArray(item.Count);
        for (var i = 0; i < item.Count; i++) values.Add(item.ValueAt(i));
        return Value.Of(values);
    }

    private static Value Size(Args a)
    {
        var count = Lists.CountOf(a[0]);
        if (Lists.IsList(a[0])) a.Budget.Step(count);
        return Value.Of(Math.Max(0, count));
    }

    private static string? TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.Missing => null,
        ValueKind.Bool => "boolean",
        ValueKind.Text => "string",
        ValueKind.Array => "array",
        ValueKind.Range => "iterator",
        _ when value.IsNumber => "number",
        _ => "object",
    };
}
