using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PaymentEngine.Scripting;

/// <summary>Values to and from JSON.</summary>
internal static class JsonForm
{
    private const int MaxDepth = 20;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Value value, Evaluation evaluation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing)) Write(writer, value, evaluation, 0);
        evaluation.Budget.ChargeText(buffer.WrittenCount);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Value value, Evaluation evaluation, int depth)
    {
        if (depth > MaxDepth) throw new ScriptFault($"Structure is too deeply nested or contains reference loops (limit {MaxDepth})");
        evaluation.Budget.Step(1);
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Function: writer.WriteNullValue(); break;
            case ValueKind.Bool: writer.WriteBooleanValue(value.IsTruthy); break;
            case ValueKind.Object: WriteObject(writer, value.Object!, evaluation, depth); break;
            case ValueKind.Array or ValueKind.Range:
                writer.WriteStartArray();
                for (long i = 0; i < Lists.CountOf(value); i++) Write(writer, Lists.ItemAt(value, i), evaluation, depth + 1);
                writer.WriteEndArray();
                break;
            case ValueKind.Date:
                evaluation.Budget.Charge(32);
                writer.WriteStringValue(value.Date);
                break;
            case ValueKind.Text or ValueKind.TimeSpan: WriteText(writer, evaluation.TextOf(value), evaluation); break;
            case ValueKind.Double or ValueKind.Float when !double.IsFinite(value.Double): WriteText(writer, evaluation.TextOf(value), evaluation); break;
            default:
                evaluation.Budget.Charge(24);
                writer.WriteRawValue(evaluation.TextOf(value));
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text, Evaluation evaluation)
    {
        evaluation.Budget.Charge(6L * text.Length);
        writer.WriteStringValue(text);
    }

    private static void WriteObject(Utf8JsonWriter writer, ScriptObject item, Evaluation evaluation, int depth)
    {
        writer.WriteStartObject();
        for (var i = 0; i < item.Count; i++)
        {
            evaluation.Budget.Charge(6L * item.Names[i].Length);
            writer.WritePropertyName(item.Names[i]);
            Write(writer, item.ValueAt(i), evaluation, depth + 1);
        }

        writer.WriteEndObject();
    }

    public static Value Read(string json, Evaluation evaluation)
    {
        evaluation.Budget.Charge(24L * json.Length);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement, evaluation.UsesDecimals);
        }
        catch (JsonException invalid)
        {
            throw new ScriptFault($"The text is not valid JSON: {invalid.Message}");
        }
    }

    private static Value Of(JsonElement element, bool usesDecimals)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True: return Value.True;
            case JsonValueKind.False: return Value.False;
            case JsonValueKind.String: return Value.Of(element.GetString());
            case JsonValueKind.Number: return Number(element, usesDecimals);
            case JsonValueKind.Array:
                var array = new ScriptArray();
                foreach (var item in element.EnumerateArray()) array.Add(Of(item, usesDecimals));
                return Value.Of(array);
            case JsonValueKind.Object:
                var made = new ScriptObject();
                foreach (var member in element.EnumerateObject()) made.Set(member.Name, Of(member.Value, usesDecimals));
                return Value.Of(made);
            default: return Value.Null;
        }
    }

    private static Value Number(JsonElement element, bool usesDecimals)
    {
        if (element.TryGetInt64(out var whole)) return Value.Of(whole);
        if (usesDecimals) return element.TryGetDecimal(out var exact) ? Value.Of(exact) : throw new ScriptFault("The number is out of the range of decimals");
        var text = element.GetRawText();
        return text.Length <= 200 && text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && BigInteger.TryParse(text, out var big) ? Value.Of(big) : Value.Of(element.GetDouble());
    }
}
