using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Proposals;

/// <summary>Whether an adjustment can capture of a hold what it says, as the hold is now.</summary>
public static class CaptureChecks
{
    public const string HoldUnknown = "hold_unknown";
    public const string HoldExceeded = "hold_exceeded";

    /// <summary>Money that is freed and does not leave would be a release.</summary>
    public const string HoldNotSpent = "hold_not_spent";

    /// <summary>What no approval could change; null when it can be asked for.</summary>
    public static ContentFinding? Fault(HoldOrder.Capture capture, IReadOnlyList<RequestedLeg> legs, HoldStanding hold)
    {
        if (capture.Amount.Currency != hold.Left.Currency)
        {
            return new ContentFinding("captures.amount", AdjustmentChecks.CurrencyDiffers, $"the hold is in {hold.Left.Currency}");
        }

        var taken = legs.Where(leg => leg.Account == hold.Account).Aggregate((Int128)0, (sum, leg) => sum - leg.Amount.Minor);
        return Exceeded(capture, hold) ?? (taken >= capture.Amount.Minor ? null : new ContentFinding(
            "legs", HoldNotSpent, $"the legs must take what is captured, {InWords(capture.Amount)}, from account {hold.Account}"));
    }

    /// <summary>Null while enough of it is left: others capture, release, and its time may be over.</summary>
    public static ContentFinding? Exceeded(HoldOrder.Capture capture, HoldStanding hold) =>
        capture.Amount.IsPositive && capture.Amount <= hold.Left
            ? null
            : new ContentFinding("captures.amount", HoldExceeded, $"of the hold {InWords(hold.Left)} is left");

    private static string InWords(Money amount) => $"{GroupedAmount.Of(amount)} {amount.Currency}";
}
