using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>What somebody agrees to: exactly that.</summary>
internal sealed record SentApproval(byte[] ContentHash);

/// <summary>Why not.</summary>
internal sealed record SentRefusal(string Remark);

internal static class VerdictReader
{
    private const int HashBytes = 32;

    private static readonly FieldNames ApprovalNames = new(string.Empty, required: 1, "content_hash");
    private static readonly FieldNames RefusalNames = new(string.Empty, required: 1, "remark");

    public static OrProblem<SentApproval> ReadApproval(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        var hash = new byte[HashBytes];
        json.Open();
        for (var seen = 0u; json.Next(ApprovalNames, ref seen, out var field);)
        {
            if (json.Text(TextRule.Code) is { } text
                && (text.Length != 2 * HashBytes || Convert.FromHexString(text, hash, out _, out _) != System.Buffers.OperationStatus.Done))
            {
                errors.Add(ApprovalNames.Path(field), FieldCodes.UnknownValue, "must be the content_hash of what is approved, 64 hexadecimal digits");
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentApproval(hash);
    }

    public static OrProblem<SentRefusal> ReadRefusal(ReadOnlySpan<byte> body, string actor) =>
        OneText.Read(body, RefusalNames, TextRule.Reason, static text => new SentRefusal(text));
}
