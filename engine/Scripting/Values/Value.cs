using System.Numerics;
using System.Runtime.CompilerServices;

namespace PaymentEngine.Scripting;

/// <summary>
/// A value of the language in 16 bytes, so that it travels in two registers: numbers, booleans and dates need no heap.
/// </summary>
public readonly struct Value : IEquatable<Value>
{
    internal readonly object? Ref;
    internal readonly long Bits;

    private Value(object? reference, long bits)
    {
        Ref = reference;
        Bits = bits;
    }

    public static Value Null => default;
    public static Value True => new(Tag.Bool, 1);
    public static Value False => new(Tag.Bool, 0);
    internal static Value Missing => new(Tag.Missing, 0);

    public ValueKind Kind => Ref switch
    {
        null => ValueKind.Null,
        string => ValueKind.Text,
        _ => Unsafe.As<HeapValue>(Ref).Kind,
    };

    public bool IsNull => Ref is null;
    internal bool IsMissing => ReferenceEquals(Ref, Tag.Missing);
    internal bool IsInt => ReferenceEquals(Ref, Tag.Int);
    internal bool IsBool => ReferenceEquals(Ref, Tag.Bool);

    /// <summary>Only null and false are false: 0, "" and [] are true.</summary>
    public bool IsTruthy => Ref is not null && (Bits != 0 || !ReferenceEquals(Ref, Tag.Bool));

    public bool IsNumber => Kind is >= ValueKind.Int and <= ValueKind.Decimal;
    internal bool IsInteger => Kind is ValueKind.Int or ValueKind.Long or ValueKind.Big;

    public string? Text => Ref as string;
    public ScriptArray? Array => Ref as ScriptArray;
    public ScriptObject? Object => Ref as ScriptObject;
    public ScriptFunction? Function => Kind == ValueKind.Function ? Unsafe.As<ScriptFunction>(Ref) : null;
    internal ScriptRange? Range => Ref as ScriptRange;
    internal double Double => BitConverter.Int64BitsToDouble(Bits);
    internal decimal Decimal => Unsafe.As<DecimalBox>(Ref!).Number;
    internal BigInteger Big => Unsafe.As<BigBox>(Ref!).Number;
    internal DateTime Date => DateTime.FromBinary(Bits);
    internal TimeSpan TimeSpan => new(Bits);

    public static Value Of(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static Value Of(int value) => new(Tag.Int, value);
    public static Value Of(long value) => new((int)value == value ? Tag.Int : Tag.Long, value);
    public static Value Of(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static Value OfFloat(float value) => new(Tag.Float, BitConverter.DoubleToInt64Bits(value));
    public static Value Of(decimal value) => new(new DecimalBox(value), 0);
    public static Value Of(string? value) => new(value, 0);
    public static Value Of(DateTime value) => new(Tag.Date, value.ToBinary());
    public static Value Of(TimeSpan value) => new(Tag.TimeSpan, value.Ticks);
    public static Value Of(ScriptArray? value) => new(value, 0);
    public static Value Of(ScriptObject? value) => new(value, 0);
    public static Value Of(ScriptFunction? value) => new(value, 0);
    internal static Value Of(ScriptRange value) => new(value, 0);

    /// <summary>The narrowest of int, long and big that holds the number.</summary>
    public static Value Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new Value(new BigBox(value), 0);

    public bool Equals(Value other) => Comparison.AreSame(this, other);
    public override bool Equals(object? obj) => obj is Value other && Equals(other);
    public override int GetHashCode() => Comparison.HashOf(this);
    public static bool operator ==(Value left, Value right) => left.Equals(right);
    public static bool operator !=(Value left, Value right) => !left.Equals(right);
    public override string ToString() => TextForm.Of(this);
}

/// <summary>Marks the values that live in their bits.</summary>
internal sealed class Tag(ValueKind kind) : HeapValue(kind)
{
    public static readonly Tag Bool = new(ValueKind.Bool);
    public static readonly Tag Int = new(ValueKind.Int);
    public static readonly Tag Long = new(ValueKind.Long);
    public static readonly Tag Float = new(ValueKind.Float);
    public static readonly Tag Double = new(ValueKind.Double);
    public static readonly Tag Date = new(ValueKind.Date);
    public static readonly Tag TimeSpan = new(ValueKind.TimeSpan);
    public static readonly Tag Missing = new(ValueKind.Missing);
}

/// <summary>A value that lives on the heap; strings stand for themselves.</summary>
public abstract class HeapValue
{
    internal readonly ValueKind Kind;

    private protected HeapValue(ValueKind kind) => Kind = kind;
}

internal sealed class DecimalBox(decimal number) : HeapValue(ValueKind.Decimal)
{
    public readonly decimal Number = number;
}

internal sealed class BigBox(BigInteger number) : HeapValue(ValueKind.Big)
{
    public readonly BigInteger Number = number;
}
