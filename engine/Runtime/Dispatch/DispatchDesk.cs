using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>
/// Has orders sent that wait unclaimed. It claims no more than the line can take soon: after a claim the clock runs, and
/// what is claimed in vain counts as a send, so that a long queue would wear its own orders out.
/// </summary>
public sealed class DispatchDesk(
    FamilyLoader families, LineSet lines, ResultDesk results, TimerStore timers, ILogger<DispatchDesk> log)
{
    private static readonly TimeSpan PatienceForRoom = TimeSpan.FromSeconds(1);

    /// <summary>An order whose dispatch timer fell due.</summary>
    public async ValueTask SendAsync(DueTimer timer)
    {
        if (await FindAsync(timer.Trade, timer.Order) is not { } found)
        {
            await timers.DiscardAsync([timer], CancellationToken.None);
            return;
        }

        var line = lines.Of(found.Order.ChannelId);
        using var room = line.TryQueue();
        if (room is null)
        {
            await timers.PutOffAsync(timer, line.PutOffOrder(PatienceForRoom), CancellationToken.None);
            return;
        }

        await results.ApplyDispatchAsync(found.Family, timer.Order, timer);
    }

    /// <summary>An order of which this process was told. What cannot be done about it now is left to its timer.</summary>
    public async Task SendAsync(OrderId trade, OrderId order)
    {
        try
        {
            if (await FindAsync(trade, order) is { } found)
            {
                using var room = lines.Of(found.Order.ChannelId).TryQueue();
                if (room is not null)
                {
                    await results.ApplyDispatchAsync(found.Family, order, timer: null);
                }
            }
        }
        catch (Exception unforeseen)
        {
            log.LogError(unforeseen, "order {Order} is left to its dispatch timer", order);
        }
    }

    /// <summary>Null when the order does not wait any more: somebody has sent it or given it up.</summary>
    private async Task<(TradeFamily Family, InstitutionOrder Order)?> FindAsync(OrderId trade, OrderId id) =>
        await families.LoadAsync(trade) is { } family && family.InstitutionOrders.Find(order => order.Id == id) is { State: InstitutionOrderStates.Ready } order
            ? (family, order)
            : null;
}
