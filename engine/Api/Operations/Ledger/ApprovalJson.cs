using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>How it is told that somebody agreed in vain.</summary>
internal static class ApprovalJson
{
    public static void WriteAttempts(this Utf8JsonWriter json, IReadOnlyList<FailedApproval> attempts)
    {
        json.WriteStartArray("attempts"u8);
        foreach (var attempt in attempts)
        {
            json.WriteStartObject();
            json.WriteString("approved_by"u8, attempt.Checker);
            json.WriteTime("approved_at"u8, attempt.At);
            json.WriteString("refusal"u8, attempt.Refusal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
