using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Proposals;

/// <summary>Whether what is booked by hand may touch the open items that its legs name (A9).</summary>
public static class ItemChecks
{
    public const string Unknown = "item_unknown";
    public const string UnderWay = "item_under_way";
    public const string NotOpen = "item_not_open";

    /// <summary>What no approval could change: numbers of nothing.</summary>
    public static IEnumerable<ContentFinding> Faults(
        IReadOnlyList<RequestedLeg> legs, IReadOnlyDictionary<(string Account, OrderId Item), ItemStanding> items) =>
        from leg in ByItem(legs)
        where items.TryGetValue((leg.Account, leg.Item), out var item) && !item.IsKnown
        select new ContentFinding(
            leg.First, Unknown, $"{LedgerNumber.OfItem(leg.Item)}: nothing was posted for it and nothing is under way, and nothing is open of it on account {leg.Account}");

    /// <summary>
    /// What would move the same money twice: what happens to an order that is under way clears its item, and what is
    /// cleared already would be opened again, on the other side.
    /// </summary>
    /// <param name="takesBack">What takes a posting back opens again what that one cleared.</param>
    public static IEnumerable<ContentFinding> Warnings(
        IReadOnlyList<RequestedLeg> legs, IReadOnlyDictionary<(string Account, OrderId Item), ItemStanding> items, bool takesBack)
    {
        foreach (var leg in ByItem(legs))
        {
            if (!items.TryGetValue((leg.Account, leg.Item), out var item))
            {
                continue;
            }

            if (item.IsUnderWay)
            {
                yield return new ContentFinding(
                    leg.First, UnderWay, $"order {LedgerNumber.OfItem(leg.Item)} is under way: what happens to it clears its item");
            }
            else if (!takesBack && item.Open is { } open && WouldTurn(open, leg.Sum))
            {
                yield return new ContentFinding(
                    leg.First, NotOpen, $"there is not that much open of item {LedgerNumber.OfItem(leg.Item)} on account {leg.Account}");
            }
        }
    }

    private static bool WouldTurn(long open, Int128 sum) => sum != 0 && (open == 0 || Int128.Sign(open + sum) == -Int128.Sign(open));

    private static IEnumerable<(string Account, OrderId Item, string First, Int128 Sum)> ByItem(IReadOnlyList<RequestedLeg> legs) => legs
        .Select((leg, at) => (leg, at))
        .Where(it => !it.leg.Item.IsNone)
        .GroupBy(it => (it.leg.Account, it.leg.Item))
        .Select(group => (group.Key.Account, group.Key.Item, AdjustmentChecks.FieldOf(group.First().at), group.Aggregate((Int128)0, (sum, it) => sum + it.leg.Amount.Minor)));
}
