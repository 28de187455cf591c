using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Proposals;

/// <summary>Whether an adjustment can be booked as the accounts are now: what makes it impossible, and what is to be known.</summary>
public static class AdjustmentChecks
{
    public const string AccountUnknown = "account_unknown";
    public const string AccountClosed = "account_closed";
    public const string AccountFrozen = "account_frozen";
    public const string CurrencyDiffers = "currency_differs";
    public const string Unbalanced = "unbalanced";
    public const string NotTheReversal = "not_the_reversal";
    public const string Overdraft = "overdraft";
    public const string BalanceOverflow = "balance_overflow";

    public static readonly ContentFinding OtherLegs = new(
        "legs", NotTheReversal, "the legs are not those of the posting turned around; without legs they are");

    /// <summary>Whatever their order, and whether what is on one side of an account is said in one leg or in several.</summary>
    public static bool IsSame(IReadOnlyList<RequestedLeg> asked, IReadOnlyList<RequestedLeg> turned) => Sides(asked).SequenceEqual(Sides(turned));

    /// <summary>What no approval could change; none when it can be asked for.</summary>
    public static IReadOnlyList<ContentFinding> Faults(IReadOnlyList<RequestedLeg> legs, IReadOnlyDictionary<string, AccountStanding> accounts)
    {
        var faults = new List<ContentFinding>();
        for (var at = 0; at < legs.Count; at++)
        {
            var leg = legs[at];
            if (!accounts.TryGetValue(leg.Account, out var account))
            {
                faults.Add(new ContentFinding(FieldOf(at), AccountUnknown, $"there is no account {leg.Account}"));
            }
            else if (account.Currency != leg.Amount.Currency)
            {
                faults.Add(new ContentFinding(FieldOf(at), CurrencyDiffers, $"account {leg.Account} is in {account.Currency}"));
            }
            else if (account.IsClosed)
            {
                faults.Add(new ContentFinding(FieldOf(at), AccountClosed, $"account {leg.Account} is closed"));
            }
        }

        foreach (var ofCurrency in legs.GroupBy(leg => leg.Amount.Currency))
        {
            var sum = SumOf(ofCurrency);
            if (sum != 0)
            {
                var side = sum > 0 ? "credits" : "debits";
                faults.Add(new ContentFinding("legs", Unbalanced, $"{side} in {ofCurrency.Key} are more by {InWords(sum, ofCurrency.Key)}"));
            }
        }

        return faults;
    }

    /// <summary>What the ledger would say no to now, and may say yes to later.</summary>
    /// <param name="hold">That which it captures, if it does.</param>
    public static IReadOnlyList<ContentFinding> Warnings(
        AdjustmentContent content, IReadOnlyDictionary<string, AccountStanding> accounts, HoldStanding? hold)
    {
        var warnings = new List<ContentFinding>();
        if (content.Captures is { } capture && hold is not null && CaptureChecks.Exceeded(capture, hold) is { } exceeded)
        {
            warnings.Add(exceeded);
        }

        // As the ledger books them: one after the other; where it takes a posting back, credits come first.
        var booked = content.Legs.Select((leg, at) => (leg, at)).OrderByDescending(it => content.Reverses.IsNone ? 0 : it.leg.Amount.Minor);
        foreach (var ofAccount in booked.GroupBy(it => it.leg.Account))
        {
            if (!accounts.TryGetValue(ofAccount.Key, out var account))
            {
                continue;
            }

            var first = ofAccount.First().at;
            var frozen = account.Frozen - (hold?.Account == ofAccount.Key ? Freed(content, hold) : 0);
            if (account.IsFrozen)
            {
                warnings.Add(new ContentFinding(FieldOf(first), AccountFrozen, $"account {ofAccount.Key} is frozen"));
            }

            var (fits, missing) = Walk(account, frozen, ofAccount.Select(it => it.leg));
            if (!fits)
            {
                warnings.Add(new ContentFinding(FieldOf(first), BalanceOverflow, $"the balance of account {ofAccount.Key} would not fit"));
            }
            else if (missing > 0)
            {
                warnings.Add(new ContentFinding(FieldOf(first), Overdraft, $"account {ofAccount.Key} would be short of {InWords(missing, account.Currency)}"));
            }
        }

        return warnings;
    }

    /// <summary>Whether the balance fits after each leg, and the most of which a debit would be short.</summary>
    private static (bool Fits, Int128 Missing) Walk(AccountStanding account, long frozen, IEnumerable<RequestedLeg> legs)
    {
        var (balance, fits, missing) = ((Int128)account.Balance, true, (Int128)0);
        foreach (var leg in legs)
        {
            balance += leg.Amount.Minor;
            fits &= balance >= long.MinValue && balance <= long.MaxValue;
            if (leg.Amount.IsNegative)
            {
                missing = Int128.Max(missing, account.Floor - (balance - frozen));
            }
        }

        return (fits, missing);
    }

    private static long Freed(AdjustmentContent content, HoldStanding hold) => Math.Min(content.Captures?.Amount.Minor ?? 0, hold.Left.Minor);

    internal static string FieldOf(int leg) => $"legs[{leg}]";

    private static IEnumerable<(string Account, Currency Currency, Int128 Sum)> Sides(IEnumerable<RequestedLeg> legs) => legs
        .GroupBy(leg => (leg.Account, leg.Amount.Currency, leg.Amount.IsNegative))
        .Select(side => (side.Key.Account, side.Key.Currency, Sum: SumOf(side)))
        .OrderBy(side => side.Account, StringComparer.Ordinal)
        .ThenBy(side => side.Sum);

    private static Int128 SumOf(IEnumerable<RequestedLeg> legs) => legs.Aggregate((Int128)0, (sum, leg) => sum + leg.Amount.Minor);

    private static string InWords(Int128 minor, Currency currency) => Int128.Abs(minor) is var amount && amount <= long.MaxValue
        ? $"{GroupedAmount.Of(new Money((long)amount, currency))} {currency}"
        : $"more than {currency} has";
}
