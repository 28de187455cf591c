using System.Globalization;
using System.Text;

namespace PaymentEngine.Routing.Text;

/// <summary>A tree as YAML: always the same letters for the same tree, so that a change of a setup is a small change of its text.</summary>
internal static class YamlWriter
{
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
}
