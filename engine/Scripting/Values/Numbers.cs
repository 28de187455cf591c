using System.Globalization;
using System.Numerics;

namespace PaymentEngine.Scripting;

/// <summary>Conversions between the kinds of numbers: int → long → big, and decimal over double over float.</summary>
internal static class Numbers
{
    public static ValueKind Wider(ValueKind left, ValueKind right) => (ValueKind)Math.Max((int)left, (int)right);

    public static BigInteger ToBig(Value value) => value.Kind == ValueKind.Big ? value.Big : value.Bits;

    public static double ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Bits,
        ValueKind.Big => (double)value.Big,
        ValueKind.Decimal => (double)value.Decimal,
        _ => value.Double,
    };

    public static decimal ToDecimal(Value value)
    {
        try
        {
            return value.Kind switch
            {
                ValueKind.Int or ValueKind.Long => value.Bits,
                ValueKind.Big => (decimal)value.Big,
                ValueKind.Decimal => value.Decimal,
                _ => (decimal)value.Double,
            };
        }
        catch (OverflowException)
        {
            throw new ScriptFault($"The number `{TextForm.Of(value)}` is too large for a decimal");
        }
    }

    /// <summary>A whole number for an index or a count; fractions are cut off, as the language does.</summary>
    public static long ToLong(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Int or ValueKind.Long or ValueKind.Bool: return value.Bits;
            case ValueKind.Null: return 0;
            case ValueKind.Float or ValueKind.Double when Math.Abs(value.Double) < 9e18: return (long)value.Double;
            case ValueKind.Decimal when Math.Abs(value.Decimal) < 9e18m: return (long)value.Decimal;
            case ValueKind.Text when long.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed): return parsed;
            default: throw new ScriptFault($"Unable to convert type `{Kinds.NameOf(value)}` to `int`");
        }
    }

    public static int ToInt(Value value)
    {
        var number = ToLong(value);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new ScriptFault($"The number `{number}` is too large for an int");
    }
}
