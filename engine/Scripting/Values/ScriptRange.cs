namespace PaymentEngine.Scripting;

/// <summary>first..last, never laid out in memory: a loop, its size and its members are computed.</summary>
internal sealed class ScriptRange : HeapValue
{
    private readonly bool _isDown;

    public ScriptRange(long first, long last, bool isExclusive) : base(ValueKind.Range)
    {
        First = first;
        _isDown = last < first;
        var span = _isDown ? (decimal)first - last : (decimal)last - first;
        Count = (long)Math.Min(long.MaxValue, isExclusive ? span : span + 1);
    }

    public long First { get; }
    public long Count { get; }

    public long this[long index] => _isDown ? First - index : First + index;
}
