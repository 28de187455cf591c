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
    /// <param name="sides">
    /// Of what takes a posting back: the sign of the first that was booked of each item. It opens again what that posting
    /// cleared, but does not take away what that one opened and another has cleared since. Null for what takes nothing back.
    /// </param>
    public static IEnumerable<ContentFinding> Warnings(
        IReadOnlyList<RequestedLeg> legs,
        IReadOnlyDictionary<(string Account, OrderId Item), ItemStanding> items,
        IReadOnlyDictionary<(string Account, OrderId Item), int>? sides)
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
            else if (item.Open is { } open && WouldTurn(open, leg.Sum, sides?.GetValueOrDefault((leg.Account, leg.Item))))
            {
                yield return new ContentFinding(
                    leg.First, NotOpen, $"there is not that much open of item {LedgerNumber.OfItem(leg.Item)} on account {leg.Account}");
            }
        }
    }

    private static bool WouldTurn(long open, Int128 sum, int? side) => side is { } known
        ? known != 0 && Int128.Sign(sum) == -known && Int128.Sign(open + sum) == -known
        : sum != 0 && (open == 0 || Int128.Sign(open + sum) == -Int128.Sign(open));

    private static IEnumerable<(string Account, OrderId Item, string First, Int128 Sum)> ByItem(IReadOnlyList<RequestedLeg> legs) => legs
        .Select((leg, at) => (leg, at))
        .Where(it => !it.leg.Item.IsNone)
        .GroupBy(it => (it.leg.Account, it.leg.Item))
        .Select(group => (group.Key.Account, group.Key.Item, AdjustmentChecks.FieldOf(group.First().at), group.Aggregate((Int128)0, (sum, it) => sum + it.leg.Amount.Minor)));
}
