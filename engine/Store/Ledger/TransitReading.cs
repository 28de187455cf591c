using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>What is on its way on a transit account, by order and age, and what would clear it (A9).</summary>
public sealed class TransitReading(NpgsqlDataSource database, PostingReading postings)
{
    /// <summary>A page of open items in the order of their numbers.</summary>
    public async Task<TransitItems> ItemsAsync(AccountRecord account, OrderId after, int limit, CancellationToken cancellation)
    {
        var today = (await database.Statement("statement.day").ReadAsync(row => row.GetFieldValue<DateOnly>(0), cancellation)).Single();
        var open = await database.Statement("transit.items").With(account.Id).With(after.Value).With(limit).ReadAsync(
            row => (Item: new OrderId(row.GetInt64(0)), Amount: new Money(row.GetInt64(1), account.Currency), Since: row.GetFieldValue<DateOnly>(2), IsUnderWay: row.GetBoolean(3)),
            cancellation);
        var items = new List<TransitItem>();
        foreach (var ofDay in open.GroupBy(item => item.Since))
        {
            var openedBy = await OpenedAsync(account.Id, ofDay.Key, ofDay.Select(item => item.Item), cancellation);
            var legs = (await postings.LegsAsync([.. openedBy.Values.Distinct()], ofDay.Key, ofDay.Key, cancellation)).ToLookup(leg => leg.Posting);
            items.AddRange(ofDay.Select(item =>
            {
                openedBy.TryGetValue(item.Item, out var posting);
                var otherSide = item.IsUnderWay ? null : OtherSide(account, item.Amount, legs[posting]);
                return new TransitItem(item.Item, item.Amount, item.Since, today.DayNumber - item.Since.DayNumber, posting, item.IsUnderWay, otherSide);
            }));
        }

        return new TransitItems(today, [.. items.OrderBy(item => item.Item)]);
    }

    /// <summary>How items stand that legs name, by account and item; what is of no account is left out.</summary>
    public async Task<IReadOnlyDictionary<(string Account, OrderId Item), ItemStanding>> StandingsAsync(
        IEnumerable<RequestedLeg> legs, CancellationToken cancellation)
    {
        var named = legs.Where(leg => !leg.Item.IsNone).ToList();
        return named.Count == 0 ? new Dictionary<(string, OrderId), ItemStanding>()
            : (await database.Statement("transit.standing").With([.. named.Select(leg => leg.Account)]).With([.. named.Select(leg => leg.Item.Value)]).ReadAsync(
                row => (At: (row.GetString(0), new OrderId(row.GetInt64(1))), Standing: new ItemStanding(row.GetNullableLong(2), row.GetBoolean(3), row.GetBoolean(4))),
                cancellation)).ToDictionary(item => item.At, item => item.Standing);
    }

    /// <summary>The sign of the first that was booked of each item that legs name.</summary>
    /// <param name="until">A day by which something was.</param>
    public async Task<IReadOnlyDictionary<(string Account, OrderId Item), int>> SidesAsync(
        IEnumerable<RequestedLeg> legs, DateOnly until, CancellationToken cancellation)
    {
        var named = legs.Where(leg => !leg.Item.IsNone).ToList();
        return named.Count == 0 ? new Dictionary<(string, OrderId), int>()
            : (await database.Statement("transit.sides")
                .With([.. named.Select(leg => leg.Account)]).With([.. named.Select(leg => leg.Item.Value)])
                .With(named.Min(leg => leg.Item.Day).AddDays(-1)).With(until)
                .ReadAsync(row => (At: (row.GetString(0), new OrderId(row.GetInt64(1))), Side: row.GetInt32(2)), cancellation))
            .ToDictionary(item => item.At, item => item.Side);
    }

    private async Task<Dictionary<OrderId, OrderId>> OpenedAsync(long account, DateOnly day, IEnumerable<OrderId> items, CancellationToken cancellation) =>
        (await database.Statement("transit.opened").With(account).With(day).With([.. items.Select(item => item.Value)]).ReadAsync(
            row => (Item: new OrderId(row.GetInt64(0)), Posting: new OrderId(row.GetInt64(1))), cancellation))
        .ToDictionary(row => row.Item, row => row.Posting);

    /// <summary>Whence most of it came, or where it was to go.</summary>
    private static string? OtherSide(AccountRecord account, Money amount, IEnumerable<LegRecord> legs) => legs
        .Where(leg => leg.Account != account.Number && leg.Amount.Currency == amount.Currency && leg.Amount.IsNegative != amount.IsNegative)
        .OrderByDescending(leg => Int128.Abs(leg.Amount.Minor))
        .FirstOrDefault()?.Account;
}

public sealed record TransitItems(DateOnly Day, IReadOnlyList<TransitItem> Items);

/// <param name="Item">The order, or the posting where it is of no order.</param>
/// <param name="OpenedBy">The first posting that touched it; none where it is not told any more.</param>
/// <param name="IsUnderWay">What happens to its order clears it; nobody else is to.</param>
/// <param name="OtherSide">Against which account it would be cleared; none while its order is under way.</param>
public sealed record TransitItem(OrderId Item, Money Amount, DateOnly Since, int AgeDays, OrderId OpenedBy, bool IsUnderWay, string? OtherSide);
