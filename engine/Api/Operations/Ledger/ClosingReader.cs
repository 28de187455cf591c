using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Store.Closing;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>What a person lets pass when he closes a day, and why.</summary>
internal sealed record SentClosing(IReadOnlyCollection<ClosingRefusal> Accepted, string? Remark);

internal static class ClosingReader
{
    private const int Accept = 0;
    private const int Remark = 1;

    private static readonly FieldNames Names = new(string.Empty, required: 0, "accept", "remark");

    public static OrProblem<SentClosing> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        var accepted = new List<ClosingRefusal>();
        string? remark = null;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            if (field == Remark)
            {
                remark = json.Text(TextRule.Reason);
            }
            else if (json.Text(TextRule.Code) is { } reason)
            {
                if (reason == DayWriter.Name(ClosingRefusal.TransitUnexplained))
                {
                    accepted.Add(ClosingRefusal.TransitUnexplained);
                }
                else
                {
                    errors.Add(Names.Path(Accept), FieldCodes.UnknownValue, "only transit_unexplained can be let pass");
                }
            }
        }

        json.Close();
        if (accepted.Count > 0 && remark is null)
        {
            errors.Add(Names.Path(Remark), FieldCodes.Required, "is required where something is let pass");
        }

        return errors.Any ? errors.ToProblem() : new SentClosing(accepted, remark);
    }
}
