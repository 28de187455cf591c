using System.Diagnostics;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>
/// Waits, after everything was healed, until every order is final or on a named work list. A trade whose payments have
/// all failed is given up by its merchant, because it would wait for its payer until it expires.
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

    /// <summary>Null when it never came to that.</summary>
    public TimeSpan? MostAfter { get; private set; }

    public async Task WaitAsync()
    {
        var open = shop.Orders.Where(order => order.TradeNo is not null).ToList();
        var (all, began, isLast) = (open.Count, Stopwatch.GetTimestamp(), false);
        while (open.Count > 0 && Stopwatch.GetElapsedTime(began) < Patience)
        {
            var listed = await WorkLists.ReadAsync(site.Database);
            var settled = new List<ShopOrder>();
            foreach (var order in open)
            {
                if (await IsSettledAsync(order, listed))
                {
                    settled.Add(order);
                }
            }

            open.RemoveAll(settled.Contains);
            if (MostAfter is null && open.Count <= all * (1 - Most))
            {
                MostAfter = Stopwatch.GetElapsedTime(began);
            }

            if (!isLast && Stopwatch.GetElapsedTime(began) > (MostAfter is { } most ? most + AfterMost : Early))
            {
                isLast = true;
                await site.AskForTheLastTimeAsync();
            }

            await Task.Delay(Pause);
        }
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

    private async Task<bool> IsSettledAsync(ShopOrder order, WorkLists listed)
    {
        if (IsLeftToPeople(order, listed))
        {
            return true;
        }

        if (await counter.GetAsync(order, 0) is not { } answer)
        {
            return false;
        }

        var trade = answer.Json;
        var isMoving = trade["payments"]!.AsArray().Any(payment => (string)payment!["state"]! is "processing" or "awaiting_posting");
        if (!isMoving && (string)trade["state"]! == "awaiting_payment")
        {
            await shop.CloseAsync(order, new CancellationToken(canceled: true));
            return false;
        }

        return !isMoving && (string)trade["state"]! is "paid" or "closed";
    }
}
