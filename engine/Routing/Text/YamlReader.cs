using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PaymentEngine.Routing.Text;

/// <summary>
/// YAML as a tree with lines. Anchors, aliases, tags and further documents are refused: nothing here needs them, and
/// they are what makes a small document large.
/// </summary>
internal static class YamlReader
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
