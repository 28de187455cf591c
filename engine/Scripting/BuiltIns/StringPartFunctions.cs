namespace PaymentEngine.Scripting;

/// <summary>string.* that cut, find, replace and pad.</summary>
internal static class StringPartFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        Text("string.remove", "text:Text remove:Text", a => Replace(a, "")),
        Text("string.remove_first", "text:Text remove:Text", a => ReplaceOne(a, "", fromEnd: false)),
        Text("string.remove_last", "text:Text remove:Text", a => ReplaceOne(a, "", fromEnd: true)),
        Text("string.replace", "text:Text match:Text replace:Text", a => Replace(a, a.Text(2))),
        Text("string.replace_first", "text:Text match:Text replace:Text fromEnd?", a => ReplaceOne(a, a.Text(2), a[3].IsTruthy)),
        Text("string.slice", "text:Text start:Number length:Number?", a => Slice(a, a.Int(2, 0))),
        Text("string.slice1", "text:Text start:Number length:Number?", a => Slice(a, a.Int(2, 1))),
        Text("string.truncate", "text:Text length:Number ellipsis:Text?", Truncate),
        Text("string.truncatewords", "text:Text count:Number ellipsis:Text?", TruncateWords),
        Text("string.pad_left", "text:Text width:Number paddingChar:Text?", a => Pad(a, isLeft: true)),
        Text("string.pad_right", "text:Text width:Number paddingChar:Text?", a => Pad(a, isLeft: false)),
        new("string.split", "text:Text match:Text", Split) { Result = ParameterType.List },
        new("string.index_of", "text:Text search:Text startIndex:Number? count:Number? stringComparison:Text?", IndexOf) { Result = ParameterType.Number },
    ];

    private static BuiltIn Text(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.Text };

    private static Value Replace(Args a, string replacement)
    {
        var (text, match) = a.Search(1);
        if (match.Length == 0) return Value.Of(text);
        // The result may be longer than what it was made of: its length is known before it is made.
        long count = 0;
        for (var at = text.IndexOf(match, StringComparison.Ordinal); at >= 0; at = text.IndexOf(match, at + match.Length, StringComparison.Ordinal)) count++;
        a.Budget.ChargeText(text.Length + Math.Max(0, count * (replacement.Length - match.Length)));
        return Value.Of(text.Replace(match, replacement, StringComparison.Ordinal));
    }

    private static Value ReplaceOne(Args a, string replacement, bool fromEnd)
    {
        var (text, match) = a.Search(1);
        if (match.Length == 0) return Value.Of(text);
        var at = fromEnd ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        if (at < 0) return Value.Of(text);
        a.Budget.ChargeText(text.Length + replacement.Length);
        return Value.Of(string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length)));
    }

    /// <summary>A length of 0 means the rest; a negative start counts from the end.</summary>
    private static Value Slice(Args a, int length)
    {
        var (text, start) = (a.Text(0), a.Int(1));
        if (start < 0) start = Math.Max(0, start + text.Length);
        if (start >= text.Length) return Value.Of("");
        var rest = text.Length - start;
        return a.MadeText(text.Substring(start, length <= 0 ? rest : Math.Min(length, rest)));
    }

    private static Value Truncate(Args a)
    {
        var (text, length) = (a.Text(0), a.Int(1));
        if (text.Length <= length) return Value.Of(text);
        var ellipsis = a.TextOrNull(2) ?? "...";
        var kept = Math.Clamp(length - ellipsis.Length, 0, text.Length);
        return StringFunctions.Join(a, text[..kept], ellipsis);
    }

    /// <summary>The ellipsis follows also where all words are kept, as the language has it.</summary>
    private static Value TruncateWords(Args a)
    {
        var (text, count) = (a.Text(0), Math.Max(0, a.Int(1)));
        a.Budget.Charge(64L * text.Length);
        var words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return StringFunctions.Join(a, string.Join(' ', words.Take(count)), a.TextOrNull(2) ?? "...");
    }

    private static Value Pad(Args a, bool isLeft)
    {
        var (text, width) = (a.Text(0), a.Int(1));
        if (width <= text.Length) return Value.Of(text);
        var with = a.TextOrNull(2) is { Length: > 0 } given ? given[0] : ' ';
        a.Budget.ChargeText(width);
        return Value.Of(isLeft ? text.PadLeft(width, with) : text.PadRight(width, with));
    }

    private static Value Split(Args a)
    {
        var (text, match) = a.Search(1);
        var parts = a.NewArray(4);
        for (var start = 0; start < text.Length;)
        {
            var end = match.Length == 0 ? -1 : text.IndexOf(match, start, StringComparison.Ordinal);
            if (end < 0) end = text.Length;
            if (end > start)
            {
                a.Budget.Charge(56 + 2L * (end - start));
                parts.Add(Value.Of(text[start..end]));
            }

            start = end + match.Length;
        }

        return Value.Of(parts);
    }

    private static Value IndexOf(Args a)
    {
        var (text, search) = a.Search(1);
        var start = a.Int(2, 0);
        var count = a.Int(3, text.Length - start);
        if (start < 0 || count < 0 || start > text.Length - count) throw new ScriptFault("`startIndex` and `count` must lie within the text");
        var ignoresCase = a.TextOrNull(4) is { } how && how.EndsWith("IgnoreCase", StringComparison.Ordinal);
        return Value.Of(text.IndexOf(search, start, count, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }
}
