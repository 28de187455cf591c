namespace PaymentEngine.Scripting;

/// <summary>A list; it may carry members of its own besides its items.</summary>
public sealed class ScriptArray : HeapValue
{
    private Value[] _items;

    public ScriptArray(int capacity = 4) : base(ValueKind.Array) => _items = capacity == 0 ? [] : new Value[capacity];

    public ScriptArray(ReadOnlySpan<Value> items) : base(ValueKind.Array)
    {
        _items = items.ToArray();
        Count = items.Length;
    }

    public int Count { get; private set; }

    /// <summary>The host's lists are not a script's to change.</summary>
    public bool IsReadOnly { get; init; }

    internal ScriptObject? Members { get; set; }
    public ReadOnlySpan<Value> Items => _items.AsSpan(0, Count);

    public Value this[int index] => (uint)index < (uint)Count ? _items[index] : Value.Null;

    public void Add(Value item)
    {
        if (Count == _items.Length) System.Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    /// <summary>Writes behind the end fill the gap with null.</summary>
    internal void Put(int index, Value item)
    {
        if (index >= _items.Length) System.Array.Resize(ref _items, Math.Max(index + 1, _items.Length * 2));
        if (index >= Count) Count = index + 1;
        _items[index] = item;
    }

    /// <summary>What a write at this index will allocate: the sandbox asks before it is done.</summary>
    internal long GrowthFor(int index) => index < _items.Length ? 0 : 16L * Math.Max(index + 1L, _items.Length * 2L);
}
