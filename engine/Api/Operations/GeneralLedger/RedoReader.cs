using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>What is to be tried once more.</summary>
internal abstract record SentRedo
{
    private SentRedo()
    {
    }

    /// <param name="Kind">As it is stored.</param>
    public sealed record OfKind(string Kind) : SentRedo;

    public sealed record OfPosting(long Posting) : SentRedo;
}

internal static class RedoReader
{
    private const int Kind = 0;
    private const int Posting = 1;

    private static readonly FieldNames Names = new(string.Empty, required: 0, "kind", "posting");

    public static OrProblem<SentRedo> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        SentRedo? redo = null;
        var fields = 0;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field); fields++)
        {
            var text = json.Text(TextRule.Party);
            if (field == Kind && text is not null)
            {
                redo = GeneralLedgerQuery.TryReadKind(text, out var kind) ? new SentRedo.OfKind(kind) : Refuse(Kind, GeneralLedgerQuery.KindsInWords);
            }
            else if (text is not null)
            {
                redo = GeneralLedgerQuery.TryReadPosting(text, out var posting) ? new SentRedo.OfPosting(posting) : Refuse(Posting, "must be the number of a posting");
            }
        }

        json.Close();
        if (fields != 1 && !errors.Any)
        {
            errors.Add(Names.Path(Kind), FieldCodes.Required, "either kind or posting is required");
        }

        return errors.Any ? errors.ToProblem() : redo!;

        SentRedo? Refuse(int field, string message)
        {
            errors.Add(Names.Path(field), FieldCodes.UnknownValue, message);
            return null;
        }
    }
}
