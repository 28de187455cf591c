namespace PaymentEngine.Core.Proposals;

/// <summary>What proposals of one kind are called, and how their numbers are written.</summary>
/// <param name="One">The noun with its article.</param>
public sealed record ProposalKind(string Noun, string One, Func<OrderId, string> NumberOf, LedgerNumber.Reader TryNumber)
{
    public static readonly ProposalKind Adjustment = new("adjustment", "an adjustment", LedgerNumber.OfAdjustment, LedgerNumber.TryAdjustment);

    public static readonly ProposalKind Change = new("change", "a change", LedgerNumber.OfChange, LedgerNumber.TryChange);
}
