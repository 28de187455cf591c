using System.Globalization;
using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>How a value prints. Strings are quoted only inside of arrays and objects.</summary>
internal static class TextForm
{
    private const int MaxDepth = 20;
    public const string DefaultDateFormat = "%d %b %Y";

    private static readonly ScriptLimits OutsideOfEvaluations = new() { MaxSteps = 20_000, MaxBytes = 256 * 1024 };

    /// <summary>For logs and traces: what is too long, or contains itself, is cut off.</summary>
    public static string Of(Value value)
    {
        if (value.Kind is not (ValueKind.Array or ValueKind.Object or ValueKind.Range)) return Of(value, DefaultDateFormat, null);
        var budget = new Budget();
        budget.Reset(OutsideOfEvaluations);
        var text = new StringBuilder();
        try
        {
            Write(text, value, DefaultDateFormat, budget, 0);
        }
        catch (ScriptFault)
        {
            text.Append('…');
        }

        return text.ToString();
    }

    public static string Of(Value value, string dateFormat, Budget? budget)
    {
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Missing: return "";
            case ValueKind.Text: return value.Text!;
            case ValueKind.Array or ValueKind.Object or ValueKind.Range:
                var text = new StringBuilder();
                Write(text, value, dateFormat, budget, 0);
                return text.ToString();
            default: return Scalar(value, dateFormat, budget);
        }
    }

    private static string Scalar(Value value, string dateFormat, Budget? budget)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (value.Kind)
        {
            case ValueKind.Bool: return value.Bits != 0 ? "true" : "false";
            case ValueKind.Int or ValueKind.Long: return value.Bits.ToString(culture);
            case ValueKind.Double: return value.Double.ToString(culture);
            case ValueKind.Float: return ((float)value.Double).ToString(culture);
            case ValueKind.Decimal: return value.Decimal.ToString(culture);
            case ValueKind.Big:
                // Printing is quadratic in the digits.
                var bytes = (long)value.Big.GetByteCount();
                budget?.Step(bytes * bytes / 256);
                return value.Big.ToString(culture);
            case ValueKind.Date: return DateFormat.Print(value.Date, dateFormat);
            case ValueKind.TimeSpan: return value.TimeSpan.ToString();
            default: return "function";
        }
    }

    private static void Write(StringBuilder text, Value value, string dateFormat, Budget? budget, int depth)
    {
        if (depth > MaxDepth) throw new ScriptFault($"Structure is too deeply nested or contains reference loops (limit {MaxDepth})");
        var before = text.Length;
        switch (value.Kind)
        {
            case ValueKind.Null: text.Append("null"); break;
            case ValueKind.Text:
                budget?.Charge(4L * value.Text!.Length);
                Quote(text, value.Text!);
                break;
            case ValueKind.Array: WriteArray(text, value.Array!, dateFormat, budget, depth); return;
            case ValueKind.Object: WriteObject(text, value.Object!, dateFormat, budget, depth); return;
            case ValueKind.Range: WriteRange(text, value.Range!, budget); return;
            default: text.Append(Scalar(value, dateFormat, budget)); break;
        }

        budget?.Charge(2L * (text.Length - before) + 4);
    }

    private static void WriteArray(StringBuilder text, ScriptArray array, string dateFormat, Budget? budget, int depth)
    {
        text.Append('[');
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0) text.Append(", ");
            budget?.Step(1);
            Write(text, array[i], dateFormat, budget, depth + 1);
        }

        text.Append(']');
    }

    private static void WriteObject(StringBuilder text, ScriptObject item, string dateFormat, Budget? budget, int depth)
    {
        text.Append('{');
        for (var i = 0; i < item.Count; i++)
        {
            if (i > 0) text.Append(", ");
            budget?.Charge(2L * item.Names[i].Length + 4);
            text.Append(item.Names[i]).Append(": ");
            Write(text, item.ValueAt(i), dateFormat, budget, depth + 1);
        }

        text.Append('}');
    }

    private static void WriteRange(StringBuilder text, ScriptRange range, Budget? budget)
    {
        text.Append('[');
        for (long i = 0; i < range.Count; i++)
        {
            if (i > 0) text.Append(", ");
            budget?.Charge(16);
            budget?.Step(1);
            text.Append(CultureInfo.InvariantCulture, $"{range[i]}");
        }

        text.Append(']');
    }

    public static void Quote(StringBuilder text, string content)
    {
        text.Append('"');
        Escape(text, content);
        text.Append('"');
    }

    public static void Escape(StringBuilder text, string content)
    {
        foreach (var c in content)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\v': text.Append("\\v"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"); break;
                default: text.Append(c); break;
            }
        }
    }
}
