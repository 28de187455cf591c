using System.Runtime.CompilerServices;

namespace PaymentEngine.Scripting;

/// <summary>
/// Members in the order of their first assignment. Small objects are searched in line; a reader that asks for the same
/// name again finds it by the position it remembers, which makes variables as fast as slots.
/// </summary>
public sealed class ScriptObject : HeapValue
{
    private const int SearchedInLine = 12;

    private string[] _names;
    private Value[] _values;
    private Dictionary<string, int>? _index;
    private HashSet<string>? _readOnly;

    public ScriptObject(int capacity = 4) : base(ValueKind.Object)
    {
        _names = new string[capacity];
        _values = new Value[capacity];
    }

    /// <summary>
    /// Members whose names are known before: the names are shared between all objects of this shape. The array is full,
    /// so that a further member makes a copy of it.
    /// </summary>
    internal ScriptObject(string[] names, Value[] values) : base(ValueKind.Object)
    {
        (_names, _values, Count) = (names, values, names.Length);
        if (Count > SearchedInLine) BuildIndex(Count);
    }

    public int Count { get; private set; }

    /// <summary>Built-ins and the host's objects are shared: nothing may be written to them.</summary>
    internal bool IsFrozen { get; private set; }

    /// <summary>The object that the name `empty` stands for.</summary>
    internal static ScriptObject Empty { get; } = new ScriptObject(0).Freeze();

    public ReadOnlySpan<string> Names => _names.AsSpan(0, Count);

    public Value this[string name]
    {
        get => TryGet(name, out var value) ? value : Value.Null;
        set => Set(name, value);
    }

    public bool TryGet(string name, out Value value)
    {
        var hint = 0;
        return TryGet(name, ref hint, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGet(string name, ref int hint, out Value value)
    {
        var at = hint;
        if ((uint)at < (uint)Count && ReferenceEquals(_names[at], name))
        {
            value = _values[at];
            return true;
        }

        return Find(name, ref hint, out value);
    }

    private bool Find(string name, ref int hint, out Value value)
    {
        var at = PositionOf(name);
        if (at < 0)
        {
            value = default;
            return false;
        }

        hint = at;
        value = _values[at];
        return true;
    }

    public bool Contains(string name) => PositionOf(name) >= 0;
    internal Value ValueAt(int position) => _values[position];

    public void Set(string name, Value value)
    {
        var hint = 0;
        Set(name, ref hint, value);
    }

    internal void Set(string name, ref int hint, Value value)
    {
        var at = hint;
        if ((uint)at >= (uint)Count || !ReferenceEquals(_names[at], name)) at = PositionOf(name);
        if (at < 0) at = Append(name);
        hint = at;
        _values[at] = value;
    }

    internal bool MayWrite(string name) => !IsFrozen && (_readOnly is null || !_readOnly.Contains(name));
    internal void MakeReadOnly(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    internal ScriptObject Freeze()
    {
        IsFrozen = true;
        return this;
    }

    private int Append(string name)
    {
        if (Count == _names.Length)
        {
            var capacity = Math.Max(4, Count * 2);
            System.Array.Resize(ref _names, capacity);
            System.Array.Resize(ref _values, capacity);
        }

        _names[Count] = name;
        if (_index is not null) _index[name] = Count;
        else if (Count == SearchedInLine) BuildIndex(Count + 1);
        return Count++;
    }

    private void BuildIndex(int count)
    {
        _index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++) _index[_names[i]] = i;
    }

    private int PositionOf(string name)
    {
        if (_index is not null) return _index.TryGetValue(name, out var found) ? found : -1;
        for (var i = 0; i < Count; i++)
        {
            if (_names[i] == name) return i;
        }

        return -1;
    }
}
