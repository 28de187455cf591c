using System.Globalization;
using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>string.* that change, ask or convert a whole text.</summary>
internal static class StringFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        Text("string.append", "text:Text with:Text", a => Join(a, a.Text(0), a.Text(1))),
        Text("string.prepend", "text:Text by:Text", a => Join(a, a.Text(1), a.Text(0))),
        Text("string.capitalize", "text:Text", a => a.MadeText(Capitalize(a.Text(0)))),
        Text("string.capitalizewords", "text:Text", a => a.MadeText(CapitalizeWords(a.Text(0)))),
        Text("string.downcase", "text:Text", a => a.MadeText(a.Text(0).ToLowerInvariant())),
        Text("string.upcase", "text:Text", a => a.MadeText(a.Text(0).ToUpperInvariant())),
        Text("string.escape", "text:Text", Escape),
        Text("string.literal", "text:Text", Literal),
        Text("string.handleize", "text:Text", a => a.MadeText(Handleize(a.Text(0)))),
        Text("string.strip", "text:Text", a => a.MadeText(a.Text(0).Trim())),
        Text("string.lstrip", "text:Text", a => a.MadeText(a.Text(0).TrimStart())),
        Text("string.rstrip", "text:Text", a => a.MadeText(a.Text(0).TrimEnd())),
        Text("string.strip_newlines", "text:Text", a => a.MadeText(a.Text(0).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal))),
        Text("string.pluralize", "number:Number singular:Text plural:Text", a => a[Numbers.ToDouble(a.Number(0)) == 1 ? 1 : 2]),
        new("string.contains", "text:Text value:Text", Contains),
        new("string.starts_with", "text:Text value:Text", a => Value.Of(a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal))),
        new("string.ends_with", "text:Text value:Text", a => Value.Of(a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal))),
        new("string.equals_ignore_case", "text:Text value:Text", a => Value.Of(a.Text(0).Equals(a.Text(1), StringComparison.OrdinalIgnoreCase))),
        new("string.empty", "text:Text", a => Value.Of(a.Text(0).Length == 0)),
        new("string.whitespace", "text:Text", a => Value.Of(string.IsNullOrWhiteSpace(a.Text(0)))),
        new("string.size", "text:Text", a => Value.Of(a.Text(0).Length)) { Result = ParameterType.Number },
        new("string.to_int", "text:Text", a => Converted(int.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var n), Value.Of(n))),
        new("string.to_long", "text:Text", a => Converted(long.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var n), Value.Of(n))),
        new("string.to_float", "text:Text", a => Converted(float.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var n), Value.OfFloat(n))),
        new("string.to_double", "text:Text", a => Converted(double.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var n), Value.Of(n))),
    ];

    private static BuiltIn Text(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.Text };

    private static Value Converted(bool isNumber, Value number) => isNumber ? number : Value.Null;

    private static Value Contains(Args a)
    {
        var (text, wanted) = a.Search(1);
        return Value.Of(text.Contains(wanted, StringComparison.Ordinal));
    }

    public static Value Join(Args a, string left, string right)
    {
        a.Budget.ChargeText(left.Length + right.Length);
        return Value.Of(left + right);
    }

    private static string Capitalize(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string CapitalizeWords(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            var starts = i == 0 || char.IsWhiteSpace(source[i - 1]);
            target[i] = starts ? char.ToUpperInvariant(source[i]) : source[i];
        }
    });

    private static Value Escape(Args a)
    {
        var text = new StringBuilder();
        a.Budget.Charge(8L * a.Text(0).Length);
        TextForm.Escape(text, a.Text(0));
        return a.MadeText(text.ToString());
    }

    private static Value Literal(Args a)
    {
        var text = new StringBuilder();
        a.Budget.Charge(8L * a.Text(0).Length);
        TextForm.Quote(text, a.Text(0));
        return a.MadeText(text.ToString());
    }

    private static string Handleize(string text)
    {
        var handle = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) handle.Append(char.ToLowerInvariant(c));
            else if (handle.Length > 0 && handle[^1] != '-') handle.Append('-');
        }

        return handle.ToString().TrimEnd('-');
    }
}
