using System.Net;
using System.Text;

namespace PaymentEngine.Scripting;

internal static class HtmlFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("html.escape", "text:Text", a => a.MadeText(WebUtility.HtmlEncode(Paid(a)))) { Result = ParameterType.Text },
        new("html.newline_to_br", "text:Text", a => a.MadeText(BreakLines(Paid(a)))) { Result = ParameterType.Text },
        new("html.strip", "text:Text", a => a.MadeText(Strip(Paid(a)))) { Result = ParameterType.Text },
        new("html.url_encode", "text:Text", a => a.MadeText(Uri.EscapeDataString(Paid(a)))) { Result = ParameterType.Text },
        new("html.url_escape", "text:Text", a => a.MadeText(UrlEscape(Paid(a)))) { Result = ParameterType.Text },
    ];

    /// <summary>Escaping makes up to nine characters of one.</summary>
    private static string Paid(Args a)
    {
        var text = a.Text(0);
        a.Budget.Charge(18L * text.Length);
        return text;
    }

    private static string Strip(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] == '<' ? text.IndexOf('>', i) : -1;
            if (text[i] == '<' && close < 0)
            {
                kept.Append(text, i, text.Length - i);
                break;
            }

            if (close > 0) i = close;
            else kept.Append(text[i]);
        }

        return kept.ToString();
    }

    /// <summary>A break before each line end, whether it is \r\n, \r or \n.</summary>
    private static string BreakLines(string text)
    {
        var broken = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var endsLine = text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
            if (endsLine) broken.Append("<br />");
            broken.Append(text[i]);
        }

        return broken.ToString();
    }

    private static string UrlEscape(string text)
    {
        const string kept = ";/?:@&=+$,#[]!*'()";
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var one = rune.ToString();
            escaped.Append(kept.Contains(one, StringComparison.Ordinal) ? one : Uri.EscapeDataString(one));
        }

        return escaped.ToString();
    }
}
