using System.Buffers;
using System.Text;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>
/// Lines as RFC 4180 has them. A text that a spreadsheet would take for a formula has an apostrophe before it; amounts are
/// numbers and are left as they are.
/// </summary>
internal sealed class CsvText
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r");

    private readonly StringBuilder _text = new();
    private bool _inLine;

    public int Length => _text.Length;

    /// <summary>What somebody wrote.</summary>
    public CsvText Text(string? field) =>
        Append(field is [var first, ..] && BeginsFormula.Contains(first) ? "'" + field : field ?? string.Empty);

    /// <summary>What we made: a number, a day, a word of ours.</summary>
    public CsvText Plain(string? field) => Append(field ?? string.Empty);

    public CsvText EndLine()
    {
        _text.Append("\r\n");
        _inLine = false;
        return this;
    }

    public byte[] Take()
    {
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        _text.Clear();
        return bytes;
    }

    private CsvText Append(string field)
    {
        if (_inLine)
        {
            _text.Append(',');
        }

        _inLine = true;
        if (field.AsSpan().ContainsAny(NeedsQuotes))
        {
            _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            _text.Append(field);
        }

        return this;
    }
}
