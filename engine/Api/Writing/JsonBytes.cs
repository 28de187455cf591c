using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PaymentEngine.Api.Writing;

/// <summary>Writes JSON into a buffer that each thread keeps, so that only the finished bytes are allocated.</summary>
internal static class JsonBytes
{
    private const int UsualSize = 1024;

    /// <summary>One answer with a long history must not make every thread keep a buffer of its size.</summary>
    private const int LargestKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are JSON and nothing else, so letters of all languages stand for themselves. HTML is of no concern.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The tests read every body that the writers can produce; the check at run time would cost without finding more.
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>One object.</summary>
    /// <param name="value">Of which it tells.</param>
    /// <param name="write">Writes its fields.</param>
    public static byte[] Of<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(UsualSize);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset();

        writer.WriteObject(value, write);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > LargestKept)
        {
            (_buffer, _writer) = (null, null);
        }

        return bytes;
    }

    /// <summary>A list under its name.</summary>
    public static byte[] List<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Of(
        (name, items, write), static (json, list) =>
        {
            json.WritePropertyName(list.name);
            json.WriteObjects(list.items, list.write);
        });

    /// <param name="name">Of the list.</param>
    /// <param name="items">A page of it.</param>
    /// <param name="write">Writes the fields of one of them.</param>
    /// <param name="next">After which the next page begins; null on the last one.</param>
    public static byte[] List<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, string? next) => Of(
        (name, items, write, next), static (json, list) =>
        {
            json.WritePropertyName(list.name);
            json.WriteObjects(list.items, list.write);
            json.WriteString("next"u8, list.next);
        });
}
