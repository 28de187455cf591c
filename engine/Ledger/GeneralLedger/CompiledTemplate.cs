using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using PaymentEngine.Scripting;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>A template that holds together, ready to be applied to postings.</summary>
public sealed partial class CompiledTemplate
{
    public const int MostLines = 50;

    private const string Return = "ret ";

    private CompiledTemplate(VoucherTemplate template, IReadOnlyList<CompiledLine> lines) => (Version, Lines) = (template.Version, lines);

    public int Version { get; }

    internal IReadOnlyList<CompiledLine> Lines { get; }

    /// <param name="errors">All that is wrong, at once.</param>
    public static bool TryCompile(
        VoucherTemplate template, Chart chart, [NotNullWhen(true)] out CompiledTemplate? compiled, out IReadOnlyList<TemplateError> errors)
    {
        var found = new List<TemplateError>();
        var lines = new List<CompiledLine>();
        for (var i = 0; i < template.Lines.Count; i++)
        {
            Compile(i, template.Lines[i], chart, lines, found);
        }

        if (template.Lines.Count is 0 or > MostLines)
        {
            found.Add(new TemplateError(null, null, $"a template has from 1 to {MostLines} lines"));
        }

        if (found.Count == 0 && (lines.TrueForAll(line => line.Side == LedgerSide.Debit) || lines.TrueForAll(line => line.Side == LedgerSide.Credit)))
        {
            found.Add(new TemplateError(null, null, $"all lines are of the {lines[0].Side} side, and such a voucher can never balance"));
        }

        errors = found;
        compiled = found.Count == 0 ? new CompiledTemplate(template, lines) : null;
        return compiled is not null;
    }

    private static void Compile(int index, TemplateLine line, Chart chart, List<CompiledLine> lines, List<TemplateError> errors)
    {
        var before = errors.Count;
        if (!TryReadSide(line.Side, out var side))
        {
            errors.Add(new TemplateError(index, "side", $"'{line.Side}' is not a side; it is debit or credit"));
        }

        if (chart.FaultOf(line.Subject) is { } fault)
        {
            errors.Add(new TemplateError(index, "subject", fault));
        }

        var amount = Compile(index, line.Amount, chart, errors);
        if (errors.Count == before)
        {
            lines.Add(new CompiledLine(side, line, amount!));
        }
    }

    /// <summary>An expression stands for a script that returns it; its places are told as its author counts them.</summary>
    private static RuleScript<LegSums>? Compile(int index, string text, Chart chart, List<TemplateError> errors)
    {
        var isExpression = !ReturnWord().IsMatch(text);
        try
        {
            return RuleScript.Compile(isExpression ? Return + text : text, chart.Variables.Schema);
        }
        catch (ScriptException refused)
        {
            errors.AddRange(refused.Errors.Select(error => new TemplateError(index, "amount", error.Message, AsWritten(error.At, isExpression))));
            return null;
        }
    }

    internal static Position AsWritten(Position at, bool isExpression) =>
        isExpression && at.Line == 1 ? at with { Column = Math.Max(1, at.Column - Return.Length) } : at;

    private static bool TryReadSide(string text, out LedgerSide side)
    {
        var isCredit = text.Equals(nameof(LedgerSide.Credit), StringComparison.OrdinalIgnoreCase);
        side = isCredit ? LedgerSide.Credit : LedgerSide.Debit;
        return isCredit || text.Equals(nameof(LedgerSide.Debit), StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"\bret\b")]
    private static partial Regex ReturnWord();
}

/// <param name="Written">As its author wrote it.</param>
internal sealed record CompiledLine(LedgerSide Side, TemplateLine Written, RuleScript<LegSums> Amount)
{
    /// <summary>The reason why it has no amount, with the places that its author knows.</summary>
    public string Explain(ScriptException failed) => string.Join("; ", failed.Errors.Select(
        error => (error with { At = CompiledTemplate.AsWritten(error.At, Amount.Text != Written.Amount) }).ToString()));
}
