using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>What a person asks for.</summary>
/// <param name="Legs">None for those of the posting that is taken back.</param>
public sealed record RequestAdjustment(string Reason, IReadOnlyList<RequestedLeg> Legs, OrderId Reverses)
{
    public WantedCapture? Captures { get; init; }
}

/// <param name="Amount">Null for what is left of it when it is asked for.</param>
public sealed record WantedCapture(OrderId Hold, Money? Amount);

/// <summary>An adjustment with all that somebody has to see before he agrees to it.</summary>
/// <param name="Accounts">Of its legs, as they are now.</param>
/// <param name="Hold">Of which it captures, as it is now; null for what captures nothing.</param>
/// <param name="Warnings">What would be said no to now, by the ledger or by the desk.</param>
/// <param name="Posting">Null until it is booked.</param>
public sealed record AdjustmentView(
    Proposal<AdjustmentContent> Stored,
    IReadOnlyDictionary<string, AccountRecord> Accounts,
    HoldRecord? Hold,
    IReadOnlyList<ContentFinding> Warnings,
    PostingRecord? Posting);

/// <summary>Why the desk says no.</summary>
public static class AdjustmentRefusals
{
    public const string PostingNotFound = "posting_not_found";
    public const string AlreadyReversed = "already_reversed";

    /// <summary>It takes another one back itself, or moved nothing between accounts.</summary>
    public const string NotReversible = "not_reversible";

    /// <summary>It follows from an order, and is taken back by what happens to that.</summary>
    public const string OfAnOrder = "posting_of_an_order";

    /// <summary>What happens to the order clears the item that it would clear.</summary>
    public const string ItemUnderWay = ItemChecks.UnderWay;

    /// <summary>What it would clear is cleared, or less than it would take.</summary>
    public const string ItemNotOpen = ItemChecks.NotOpen;
}
