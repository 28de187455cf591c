using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Proposals;

/// <summary>What an adjustment books, and why (A10): all that the second person agrees to.</summary>
/// <param name="Reverses">The posting that it takes back; none for what stands for itself.</param>
public sealed record AdjustmentContent(string Reason, IReadOnlyList<RequestedLeg> Legs, OrderId Reverses) : IProposalContent
{
    /// <summary>What it takes out of a promise first, for its legs to spend; null for what captures nothing.</summary>
    public HoldOrder.Capture? Captures { get; init; }

    /// <summary>Of these words, these legs and this adjustment: agreeing to one is never agreeing to another of the same kind.</summary>
    public byte[] HashFor(OrderId proposal)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{proposal.Value} {Reverses.Value} {Reason.Length} {Reason}\n");
        foreach (var leg in Legs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{leg.Account.Length} {leg.Account} {leg.Amount.Minor} {leg.Amount.Currency} {leg.Item.Value}\n");
        }

        // Only where there is one: what was asked for before there were captures keeps its hash.
        if (Captures is { } capture)
        {
            text.Append(CultureInfo.InvariantCulture, $"captures {capture.Hold.Value} {capture.Amount.Minor} {capture.Amount.Currency}\n");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>One adjustment is one posting, however often it is asked for.</summary>
    public LedgerRequest ToRequest(OrderId adjustment, string people) => new(KeyOf(adjustment), PostingKind.Adjustment, Legs)
    {
        Holds = Captures is { } capture ? [capture] : [],
        Reverses = Reverses,
        Narrative = Reason,
        MadeBy = people,
    };

    public static string KeyOf(OrderId proposal) => string.Create(CultureInfo.InvariantCulture, $"adjustment:{proposal.Value}");
}
