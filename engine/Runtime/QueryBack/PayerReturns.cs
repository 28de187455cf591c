using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>
/// A payer's browser that comes back has the institution asked now instead of later, once per order, and decides nothing
/// (C15). Nobody has signed what it brings, so all that it can cause is bounded here: so many numbers are looked up at a
/// time, so often; what comes on top is forgotten, and the order's timer asks when it would have.
/// </summary>
public sealed class PayerReturns(
    DirectoryHolder directory,
    OrderLocator orders,
    FamilyLoader families,
    TimerStore timers,
    NumberSource numbers,
    TimeProvider clock,
    ILogger<PayerReturns> log) : BackgroundService, IPayerReturns
{
    private const int MostWaiting = 256;
    private const int MostAtOnce = 32;
    private const int OldestDays = 8;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Returned> _waiting = Channel.CreateBounded<Returned>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void CameBack(string channel, IEnumerable<string> values)
    {
        if (directory.Current.FindChannel(channel) is not { } settings)
        {
            return;
        }

        // However its institution calls the field: a number tells its channel and its day at sight (O10).
        var today = numbers.DayOf(clock.GetUtcNow());
        foreach (var value in values)
        {
            if (settings.Numbers.TryParse(value, out var day, out _) && day <= today && day >= today.AddDays(-OldestDays))
            {
                _waiting.Writer.TryWrite(new Returned(new DatedNumber(value, day), settings.Id));
                return;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await TryAskAsync(Next(), stoppingToken);
                await Task.Delay(Pace, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping.
        }
    }

    private HashSet<Returned> Next()
    {
        var next = new HashSet<Returned>();
        while (next.Count < MostAtOnce && _waiting.Reader.TryRead(out var returned))
        {
            next.Add(returned);
        }

        return next;
    }

    private async Task TryAskAsync(HashSet<Returned> returned, CancellationToken cancellation)
    {
        try
        {
            var located = await orders.LocateAsync([.. returned.Select(payer => payer.Number)]);
            var sooner = await Task.WhenAll(returned
                .Where(payer => located.TryGetValue(payer.Number.Number, out var order) && order.ChannelId == payer.ChannelId)
                .Select(payer => SoonerAsync(located[payer.Number.Number])));
            if (sooner.OfType<TimerChange>().ToList() is { Count: > 0 } changes)
            {
                await timers.HastenAsync(changes, cancellation);
            }
        }
        catch (Exception unforeseen) when (!cancellation.IsCancellationRequested)
        {
            // Nothing is lost: every order that is open has its timer.
            log.LogWarning(unforeseen, "{Returns} payers came back, and their orders are asked about when their timers say so", returned.Count);
        }
    }

    private async Task<TimerChange?> SoonerAsync(LocatedOrder located)
    {
        var family = await families.LoadAsync(located.Trade);
        var now = clock.GetUtcNow();
        return family?.InstitutionOrders.Find(order => order.Id == located.Order) is { } order && EarlyQuestion.IsFree(order, now)
            ? new TimerChange(order.Id, TimerKind.Query, now)
            : null;
    }

    private readonly record struct Returned(DatedNumber Number, int ChannelId);
}
