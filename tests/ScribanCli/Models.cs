using System.Globalization;
using System.Numerics;
using System.Text.Json;
using PaymentEngine.Scripting;

namespace PaymentEngine.ScribanCli;

/// <summary>A model from JSON, where {"$decimal":"1.10"} is a decimal.</summary>
internal static class Models
{
    public static ScriptObject Read(JsonElement model)
    {
        var read = new ScriptObject();
        if (model.ValueKind != JsonValueKind.Object) return read;
        foreach (var member in model.EnumerateObject()) read.Set(member.Name, ValueOf(member.Value));
        return read;
    }

    private static Value ValueOf(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True: return Value.True;
            case JsonValueKind.False: return Value.False;
            case JsonValueKind.String: return Value.Of(element.GetString());
            case JsonValueKind.Number: return NumberOf(element);
            case JsonValueKind.Array:
                var array = new ScriptArray();
                foreach (var item in element.EnumerateArray()) array.Add(ValueOf(item));
                return Value.Of(array);
            case JsonValueKind.Object:
                return element.TryGetProperty("$decimal", out var number)
                    ? Value.Of(decimal.Parse(number.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture))
                    : Value.Of(Read(element));
            default: return Value.Null;
        }
    }

    private static Value NumberOf(JsonElement element)
    {
        if (element.TryGetInt64(out var whole)) return Value.Of(whole);
        var text = element.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? Value.Of(BigInteger.Parse(text, CultureInfo.InvariantCulture)) : Value.Of(element.GetDouble());
    }

    /// <summary>The name of the kind of a value, as object.kind gives it.</summary>
    public static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Text => "string",
        ValueKind.Big => "bigint",
        ValueKind.Date => "datetime",
        _ => value.Kind.ToString().ToLowerInvariant(),
    };
}
