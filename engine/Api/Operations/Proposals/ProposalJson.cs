using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>How it is told who asked for what, who agreed, and who did so in vain.</summary>
internal static class ProposalJson
{
    /// <param name="json">To which it is written.</param>
    /// <param name="proposal">Open, approved and not done yet, refused, or done.</param>
    /// <param name="done">What it is called when it is done.</param>
    public static void WriteState<T>(this Utf8JsonWriter json, Proposal<T> proposal, string done)
        where T : IProposalContent => json.WriteString("state"u8, proposal switch
        {
            { Done: not null } => done,
            { Verdict: Verdict.Approved } => "approved",
            { Verdict: Verdict.Refused } => "refused",
            _ => "open",
        });

    /// <summary>What the second person agrees to, and what has been said so far.</summary>
    public static void WriteVerdict<T>(this Utf8JsonWriter json, Proposal<T> proposal)
        where T : IProposalContent
    {
        json.WriteString("content_hash"u8, Convert.ToHexStringLower(proposal.ContentHash));
        json.WriteString("requested_by"u8, proposal.Maker);
        json.WriteTime("requested_at"u8, proposal.MadeAt);
        json.WriteString("checked_by"u8, proposal.Checker);
        json.WriteTime("checked_at"u8, proposal.CheckedAt);
        json.WriteString("remark"u8, proposal.Remark);
        json.WriteObjects("attempts"u8, proposal.Attempts, static (json, attempt) =>
        {
            json.WriteString("approved_by"u8, attempt.Checker);
            json.WriteTime("approved_at"u8, attempt.At);
            json.WriteString("refusal"u8, attempt.Refusal);
        });
    }
}
