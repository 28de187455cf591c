namespace PaymentEngine.Scripting;

/// <summary>
/// What a script writes to, it writes to a copy: the host's model is the same after an evaluation, and the next
/// evaluation starts from it. What cannot be written to is shared.
/// </summary>
internal sealed class ModelCopy
{
    private readonly Dictionary<object, Value> _copied = new(ReferenceEqualityComparer.Instance);

    public static ScriptObject Of(ScriptObject? model) => model is null ? new ScriptObject() : new ModelCopy().Copy(Value.Of(model)).Object!;

    private Value Copy(Value value)
    {
        if (value.Ref is not (ScriptObject { IsFrozen: false } or ScriptArray { IsReadOnly: false })) return value;
        // Shared parts stay shared, and a model that contains itself comes to an end.
        if (_copied.TryGetValue(value.Ref, out var known)) return known;
        return value.Object is { } source ? CopyObject(source) : CopyArray(value.Array!);
    }

    private Value CopyObject(ScriptObject source)
    {
        var copy = new ScriptObject(Math.Max(4, source.Count));
        _copied.Add(source, Value.Of(copy));
        for (var i = 0; i < source.Count; i++) copy.Set(source.Names[i], Copy(source.ValueAt(i)));
        return Value.Of(copy);
    }

    private Value CopyArray(ScriptArray source)
    {
        var copy = new ScriptArray(source.Count);
        _copied.Add(source, Value.Of(copy));
        foreach (var item in source.Items) copy.Add(Copy(item));
        if (source.Members is not null) copy.Members = Copy(Value.Of(source.Members)).Object;
        return Value.Of(copy);
    }
}
