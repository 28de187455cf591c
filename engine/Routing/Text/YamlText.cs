using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PaymentEngine.Routing.Text;

/// <summary>
/// YAML as a tree with lines. Anchors, aliases, tags and further documents are refused: nothing here needs them, and
/// they are what makes a small document large.
/// </summary>
internal static class YamlText
{
    /// <exception cref="TextFaultException">It is not YAML, or more of it than anybody means.</exception>
    public static TextNode Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            var reading = new Reading(parser);
            reading.Next<StreamStart>();
            reading.Next<DocumentStart>();
            var root = reading.Node(depth: 0);
            reading.Next<DocumentEnd>();
            reading.Next<StreamEnd>();
            return root;
        }
        catch (YamlException exception)
        {
            throw new TextFaultException((int)exception.Start.Line, exception.Message);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // On some texts that are no YAML the parser trips over itself instead of saying so.
            throw new TextFaultException(parser.Current is { } last ? (int)last.End.Line : 1, "this is not YAML");
        }
    }

    public static string Write(TextMap root)
    {
        var text = new StringBuilder();
        WriteFields(text, root, indent: 0);
        return text.ToString();
    }

    private static void WriteFields(StringBuilder text, TextMap map, int indent)
    {
        for (var i = 0; i < map.Fields.Count; i++)
        {
            if (i > 0)
            {
                text.Append(' ', indent);
            }

            text.Append(Word(map.Fields[i].Name)).Append(':');
            WriteValue(text, map.Fields[i].Value, indent);
        }
    }

    /// <summary>What follows a name: on the same line where it fits, else below it.</summary>
    private static void WriteValue(StringBuilder text, TextNode value, int indent)
    {
        if (IsInline(value))
        {
            text.Append(' ');
            WriteInline(text, value);
            text.Append('\n');
            return;
        }

        text.Append('\n');
        if (value is TextMap map)
        {
            text.Append(' ', indent + 2);
            WriteFields(text, map, indent + 2);
            return;
        }

        foreach (var item in ((TextList)value).Items)
        {
            text.Append(' ', indent + 2).Append("- ");
            if (item is TextMap { IsShort: false } entry)
            {
                WriteFields(text, entry, indent + 4);
            }
            else
            {
                WriteInline(text, item);
                text.Append('\n');
            }
        }
    }

    private static bool IsInline(TextNode node) => node switch
    {
        TextMap map => map.IsShort || map.Fields.Count == 0,
        TextList list => list.Items.All(item => item is TextScalar),
        _ => true,
    };

    private static void WriteInline(StringBuilder text, TextNode node)
    {
        switch (node)
        {
            case TextScalar scalar:
                text.Append(scalar.IsText ? Word(scalar.Value) : scalar.Value);
                break;
            case TextList list:
                text.Append('[');
                WriteSeparated(text, list.Items, static (text, item) => WriteInline(text, item));
                text.Append(']');
                break;
            case TextMap map:
                text.Append("{ ");
                WriteSeparated(text, map.Fields, static (text, field) => WriteInline(text.Append(Word(field.Name)).Append(": "), field.Value));
                text.Append(" }");
                break;
        }
    }

    private static void WriteSeparated<T>(StringBuilder text, IReadOnlyList<T> items, Action<StringBuilder, T> write)
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i > 0 ? ", " : string.Empty);
            write(text, items[i]);
        }
    }

    private static string Word(string text) => NeedsNoQuotes(text) ? text : Quoted(text);

    /// <summary>A word that no reader of YAML takes for anything but a text.</summary>
    private static bool NeedsNoQuotes(string text) =>
        Durations.TryRead(text, out _) || (text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/')
        && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n"));

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                < ' ' or (>= '\x7f' and <= '\xa0') or '\u2028' or '\u2029' or '\ufeff' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }

    private sealed class Reading(Parser parser)
    {
        private int _nodes;

        public T Next<T>()
            where T : ParsingEvent
        {
            if (!parser.MoveNext() || parser.Current is not T wanted)
            {
                throw new TextFaultException(Line(parser.Current), parser.Current is DocumentStart ? "one document, and no second" : "the document is empty");
            }

            return wanted;
        }

        public TextNode Node(int depth)
        {
            parser.MoveNext();
            return Of(parser.Current, depth);
        }

        private TextNode Of(ParsingEvent? current, int depth)
        {
            var line = Line(current);
            if (++_nodes > TextLimits.MostNodes || depth > TextLimits.Deepest)
            {
                throw new TextFaultException(line, _nodes > TextLimits.MostNodes ? "the document is too large" : "the document is nested too deeply");
            }

            if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
            {
                throw new TextFaultException(line, "anchors, aliases and tags are not used here");
            }

            return current switch
            {
                Scalar scalar => new TextScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line),
                SequenceStart => List(line, depth),
                MappingStart => Map(line, depth),
                _ => throw new TextFaultException(line, "the document is empty"),
            };
        }

        private TextList List(int line, int depth)
        {
            var items = new List<TextNode>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                items.Add(Of(parser.Current, depth + 1));
            }

            return new TextList(items, line);
        }

        private TextMap Map(int line, int depth)
        {
            var fields = new List<TextField>();
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                if (Of(parser.Current, depth + 1) is not TextScalar name)
                {
                    throw new TextFaultException(Line(parser.Current), "a name is a word");
                }

                fields.Add(new TextField(name.Value, Node(depth + 1), name.Line));
            }

            return new TextMap(fields, line);
        }

        private static int Line(ParsingEvent? at) => at is null ? 1 : (int)at.Start.Line;
    }
}
