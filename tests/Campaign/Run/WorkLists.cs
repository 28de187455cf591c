using System.Text.RegularExpressions;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>What operations see as left to people: by trade, with its reasons.</summary>
internal sealed partial class WorkLists
{
    /// <summary>What the intruder says of orders of other channels is no word about them.</summary>
    private const string Open =
        """
        select trade_id, 'work list: ' || reason from work_item where trade_id is not null
        union all
        select trade_id, 'difference ' || kind || ': ' || detail from difference where closed_at is null and kind <> 'wrong_channel'
        """;

    private readonly ILookup<string, string> _reasons;

    private WorkLists(ILookup<string, string> reasons) => _reasons = reasons;

    public int Trades => _reasons.Count;

    public static async Task<WorkLists> ReadAsync(TestDatabase database) => new((await database.ReadAsync(
            Open, row => (Trade: OrderNumber.Format(OrderLevel.Trade, new OrderId(row.GetInt64(0))), Reason: row.GetString(1))))
        .ToLookup(item => item.Trade, item => item.Reason));

    /// <summary>Null when the trade is on no list.</summary>
    public string? Names(string tradeNo) => _reasons.Contains(tradeNo) ? string.Join("; ", _reasons[tradeNo]) : null;

    /// <summary>How many stand there for which reason; what is particular about an order stands after a colon.</summary>
    public IEnumerable<string> Kinds => _reasons.SelectMany(trade => trade)
        .GroupBy(reason => Figures().Replace(string.Join(':', reason.Split(':').Take(3)), "N").TrimEnd())
        .OrderByDescending(kind => kind.Count())
        .Select(kind => $"{kind.Count()} {kind.Key}");

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Figures();
}
