using System.Collections.Concurrent;
using System.Diagnostics;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>
/// Waits, from the moment at which everything was healed, until every order is final or on a named work list. A trade
/// whose payments have all failed is given up by its merchant, because it would wait for its payer until it expires.
/// </summary>
internal sealed class Settlement(Site site, Shop shop, Counter counter)
{
    private const double Most = 0.95;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>By then whoever can be answered was; the others are asked for the last time.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan AfterMost = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(8);

    private readonly Dictionary<ShopOrder, long> _listedSince = [];
    private readonly HashSet<ShopOrder> _settled = [];
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>When 95 % of what was open in the beginning had come to its end; null when it never came to that.</summary>
    public TimeSpan? MostAfter { get; private set; }

    /// <param name="traffic">New orders come until it has ended.</param>
    public async Task WaitAsync(Task traffic)
    {
        var openAtFirst = await LookAsync(canClose: false);
        var isLast = false;
        for (var open = openAtFirst; Stopwatch.GetElapsedTime(_began) < Patience; open = await LookAsync(traffic.IsCompleted))
        {
            var since = Stopwatch.GetElapsedTime(_began);
            if (MostAfter is null && openAtFirst.Count(order => !_settled.Contains(order)) <= openAtFirst.Count * (1 - Most))
            {
                MostAfter = since;
            }

            if (traffic.IsCompleted && open.Count == 0)
            {
                return;
            }

            if (traffic.IsCompleted && !isLast && (since > Early || MostAfter + AfterMost < since))
            {
                isLast = true;
                await site.AskForTheLastTimeAsync();
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>The orders that are still open.</summary>
    private async Task<List<ShopOrder>> LookAsync(bool canClose)
    {
        var listed = await WorkLists.ReadAsync(site.Database);
        var asked = shop.Orders.Where(order => order.TradeNo is not null && !_settled.Contains(order)).ToList();
        _settled.UnionWith(asked.Where(order => IsLeftToPeople(order, listed)));
        var ended = new ConcurrentBag<ShopOrder>();
        await Parallel.ForEachAsync(asked.Where(order => !_settled.Contains(order)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (order, _) =>
        {
            if (await HasEndedAsync(order, canClose))
            {
                ended.Add(order);
            }
        });
        _settled.UnionWith(ended);
        return [.. asked.Where(order => !_settled.Contains(order))];
    }

    /// <summary>Surplus stands on the list of differences while it is on its way back, so it is not taken at the first word.</summary>
    private bool IsLeftToPeople(ShopOrder order, WorkLists listed)
    {
        if (listed.Names(order.TradeNo!) is null)
        {
            _listedSince.Remove(order);
            return false;
        }

        return Stopwatch.GetElapsedTime(_listedSince.TryGetValue(order, out var since) ? since : _listedSince[order] = Stopwatch.GetTimestamp()) > Lasting;
    }

    private async Task<bool> HasEndedAsync(ShopOrder order, bool canClose)
    {
        if (await counter.GetAsync(order, 0) is not { } answer)
        {
            return false;
        }

        var trade = answer.Json;
        var isMoving = trade["payments"]!.AsArray().Any(payment => (string)payment!["state"]! is "processing" or "awaiting_posting");
        if (canClose && !isMoving && (string)trade["state"]! == "awaiting_payment")
        {
            await shop.CloseAsync(order, new CancellationToken(canceled: true));
        }

        return !isMoving && (string)trade["state"]! is "paid" or "closed";
    }
}
