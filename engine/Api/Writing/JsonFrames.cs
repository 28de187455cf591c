using System.Text.Json;

namespace PaymentEngine.Api.Writing;

/// <summary>Objects and lists with their brackets; what is passed writes the fields.</summary>
internal static class JsonFrames
{
    public static void WriteObject<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, T value, Action<Utf8JsonWriter, T> write)
    {
        json.WritePropertyName(name);
        json.WriteObject(value, write);
    }

    public static void WriteObject<T>(this Utf8JsonWriter json, T value, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        write(json, value);
        json.WriteEndObject();
    }

    public static void WriteObjects<T>(
        this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WritePropertyName(name);
        json.WriteObjects(items, write);
    }

    public static void WriteObjects<T>(this Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            json.WriteObject(item, write);
        }

        json.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
