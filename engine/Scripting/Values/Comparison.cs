using System.Numerics;

namespace PaymentEngine.Scripting;

/// <summary>Equality and order between values of any kinds.</summary>
internal static class Comparison
{
    /// <summary>What == says: a string on either side makes both text, null equals only null.</summary>
    public static bool AreEqual(Value left, Value right, Evaluation evaluation)
    {
        if (left.IsNull || right.IsNull) return left.IsNull && right.IsNull;
        if (left.Text is not null || right.Text is not null) return TextOf(left, evaluation) == TextOf(right, evaluation);
        return AreSame(left, right);
    }

    /// <summary>Equality without conversion to text, for sets of values and structural comparison.</summary>
    public static bool AreSame(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber) return CompareNumbers(left, right) == 0;
        if (left.Kind != right.Kind) return false;
        return left.Kind switch
        {
            ValueKind.Null or ValueKind.Missing => true,
            ValueKind.Bool or ValueKind.TimeSpan => left.Bits == right.Bits,
            ValueKind.Text => left.Text == right.Text,
            ValueKind.Date => left.Date == right.Date,
            ValueKind.Array => AreSameLists(left.Array!, right.Array!),
            ValueKind.Range => left.Range!.Count == right.Range!.Count && left.Range[0] == right.Range[0],
            _ => ReferenceEquals(left.Ref, right.Ref),
        };
    }

    private static bool AreSameLists(ScriptArray left, ScriptArray right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            // Only one level deep: lists may contain themselves.
            if (left[i].Array is not null || right[i].Array is not null)
            {
                if (!ReferenceEquals(left[i].Ref, right[i].Ref)) return false;
            }
            else if (!AreSame(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Negative, zero, positive; null when the two cannot be ordered.</summary>
    public static int? Compare(Value left, Value right, Evaluation evaluation)
    {
        if (left.Text is not null || right.Text is not null)
        {
            return string.CompareOrdinal(TextOf(left, evaluation), TextOf(right, evaluation));
        }

        if (left.IsNumber && right.IsNumber) return CompareNumbers(left, right);
        if (left.Kind == ValueKind.Date && right.Kind == ValueKind.Date) return left.Date.CompareTo(right.Date);
        if (left.Kind == ValueKind.TimeSpan && right.Kind == ValueKind.TimeSpan) return left.Bits.CompareTo(right.Bits);
        return null;
    }

    public static int? CompareNumbers(Value left, Value right)
    {
        switch (Numbers.Wider(left.Kind, right.Kind))
        {
            case ValueKind.Int or ValueKind.Long: return left.Bits.CompareTo(right.Bits);
            case ValueKind.Big: return Numbers.ToBig(left).CompareTo(Numbers.ToBig(right));
            case ValueKind.Decimal: return Numbers.ToDecimal(left).CompareTo(Numbers.ToDecimal(right));
            default:
                var (a, b) = (Numbers.ToDouble(left), Numbers.ToDouble(right));
                return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
        }
    }

    /// <summary>The order of array.sort: null first, then as the values compare, else by their text.</summary>
    public static int Order(Value left, Value right, Evaluation evaluation)
    {
        evaluation.Budget.Step(1);
        if (left.IsNull || right.IsNull) return left.IsNull ? right.IsNull ? 0 : -1 : 1;
        if (left.IsBool && right.IsBool) return left.Bits.CompareTo(right.Bits);
        if (left.Text is not null && right.Text is not null) return TextOrder.Compare(TextOf(left, evaluation), TextOf(right, evaluation));
        return Compare(left, right, evaluation) ?? string.CompareOrdinal(evaluation.TextOf(left), evaluation.TextOf(right));
    }

    public static int HashOf(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long or ValueKind.Big or ValueKind.Float or ValueKind.Double or ValueKind.Decimal
            => Numbers.ToDouble(value).GetHashCode(),
        ValueKind.Text => string.GetHashCode(value.Text, StringComparison.Ordinal),
        ValueKind.Array => value.Array!.Count,
        ValueKind.Date => value.Date.GetHashCode(),
        ValueKind.Range => value.Range!.Count.GetHashCode(),
        ValueKind.Object or ValueKind.Function => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Ref),
        _ => value.Bits.GetHashCode(),
    };

    private static string TextOf(Value value, Evaluation evaluation)
    {
        var text = evaluation.TextOf(value);
        evaluation.Budget.Read(text.Length);
        return text;
    }
}
