using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PaymentEngine.Routing.Text;

/// <summary>JSON as a tree with lines.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="TextFaultException">It is not JSON, or more of it than anybody means.</exception>
    public static TextNode Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reading = new Reading(bytes);
        try
        {
            return reading.Document();
        }
        catch (JsonException exception)
        {
            throw new TextFaultException((int)(exception.LineNumber ?? 0) + 1, exception.Message.Split(" LineNumber:", 2)[0]);
        }
        catch (InvalidOperationException)
        {
            // The reader has no way to ask beforehand whether an escape is half of a surrogate pair.
            throw new TextFaultException(reading.Line, "a text contains half of a surrogate pair");
        }
    }

    public static string Write(TextMap root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Written))
        {
            WriteNode(json, root);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteNode(Utf8JsonWriter json, TextNode node)
    {
        switch (node)
        {
            case TextScalar { IsText: true } text:
                json.WriteStringValue(text.Value);
                break;
            case TextScalar bare:
                json.WriteRawValue(bare.Value);
                break;
            case TextList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteNode(json, item);
                }

                json.WriteEndArray();
                break;
            case TextMap map:
                json.WriteStartObject();
                foreach (var field in map.Fields)
                {
                    json.WritePropertyName(field.Name);
                    WriteNode(json, field.Value);
                }

                json.WriteEndObject();
                break;
        }
    }

    private ref struct Reading(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private Utf8JsonReader _reader = new(bytes, new JsonReaderOptions { MaxDepth = TextLimits.Deepest });
        private int _counted;
        private int _nodes;

        public int Line { get; private set; } = 1;

        public TextNode Document()
        {
            _reader.Read();
            var root = Node();
            _reader.Read();
            return root;
        }

        private TextNode Node()
        {
            Count();
            var line = Line;
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    var fields = new List<TextField>();
                    while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                    {
                        Count();
                        var (name, at) = (_reader.GetString()!, Line);
                        _reader.Read();
                        fields.Add(new TextField(name, Node(), at));
                    }

                    return new TextMap(fields, line);
                case JsonTokenType.StartArray:
                    var items = new List<TextNode>();
                    while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    {
                        items.Add(Node());
                    }

                    return new TextList(items, line);
                case JsonTokenType.String:
                    return new TextScalar(_reader.GetString()!, IsText: true, line);
                default:
                    return new TextScalar(Encoding.UTF8.GetString(_reader.ValueSpan), IsText: false, line);
            }
        }

        private void Count()
        {
            var at = (int)_reader.TokenStartIndex;
            Line += _bytes[_counted..at].Count((byte)'\n');
            _counted = at;
            if (++_nodes > TextLimits.MostNodes)
            {
                throw new TextFaultException(Line, "the document is too large");
            }
        }
    }
}
