using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>The lines of a template as somebody sent them; whether they hold together is not asked here.</summary>
internal sealed record SentTemplate(IReadOnlyList<TemplateLine> Lines);

internal static class TemplateReader
{
    private const int Side = 0;
    private const int Subject = 1;
    private const int Amount = 2;
    private const int Summary = 3;
    private const int LongestAmount = 4096;

    private static readonly FieldNames Names = new(string.Empty, required: 1, "lines");
    private static readonly FieldNames[] LineNames =
        [.. Enumerable.Range(0, CompiledTemplate.MostLines + 1).Select(line => new FieldNames($"lines[{line}].", required: 3, "side", "subject", "amount", "summary"))];

    private static readonly TextRule AmountRule = TextRule.OfLines(1, LongestAmount);

    public static OrProblem<SentTemplate> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        var lines = new List<TemplateLine>();
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out _);)
        {
            if (json.TryEnterList())
            {
                while (json.NextItem($"lines[{lines.Count}]"))
                {
                    lines.Add(ReadLine(ref json, LineNames[Math.Min(lines.Count, CompiledTemplate.MostLines)]));
                }
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentTemplate(lines);
    }

    private static TemplateLine ReadLine(ref StrictJson json, FieldNames names)
    {
        (string? side, string? subject, string? amount, string? summary) = (null, null, null, null);
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            switch (field)
            {
                case Side:
                    side = json.Text(TextRule.Party);
                    break;
                case Subject:
                    subject = json.Text(TextRule.Party);
                    break;
                case Amount:
                    amount = json.Text(AmountRule);
                    break;
                case Summary:
                    summary = json.Text(TextRule.Description);
                    break;
            }
        }

        return new TemplateLine(AsStored(side), subject ?? string.Empty, amount ?? string.Empty, summary);
    }

    private static string AsStored(string? side) => side switch
    {
        "debit" => nameof(LedgerSide.Debit),
        "credit" => nameof(LedgerSide.Credit),
        _ => side ?? string.Empty,
    };
}
