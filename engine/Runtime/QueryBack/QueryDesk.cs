using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>Asks an institution what became of an order (C12).</summary>
public sealed class QueryDesk(
    FamilyLoader families,
    DirectoryHolder directory,
    ApplicationSet applications,
    ChannelSet channels,
    LineSet lines,
    ResultDesk results,
    TimerStore timers,
    TimeProvider clock,
    ILogger<QueryDesk> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Longer, and the questions to a slow institution would stand in the way of those to all others.</summary>
    private static readonly TimeSpan PatienceForAPlace = TimeSpan.FromMilliseconds(500);

    public async ValueTask AskAsync(DueTimer timer)
    {
        var family = await families.LoadAsync(timer.Trade);
        var order = family?.InstitutionOrders.Find(o => o.Id == timer.Order);
        if (family is null || order is null || !IsWorthAsking(order))
        {
            await timers.DiscardAsync([timer], CancellationToken.None);
            return;
        }

        // The channel has moved to another application since the timer was armed.
        if (directory.Current.Channel(order.ChannelId) is var channel && !applications.Runs(channel.Application))
        {
            await timers.PassOnAsync(timer, channel.QuestionLane, CancellationToken.None);
            return;
        }

        var line = lines.Of(order.ChannelId);
        DateTimeOffset askedAt;
        ChannelOutcome outcome;

        // The place is given back before anything is decided: a commit is no call.
        using (var place = await line.ForQuestionAsync(PatienceForAPlace))
        {
            if (place is null)
            {
                await timers.PutOffAsync(timer, line.PutOff(PatienceForAPlace), CancellationToken.None);
                return;
            }

            askedAt = clock.GetUtcNow();
            outcome = await QueryAsync(family, order);
        }

        await results.ApplyToQueryAsync(family, order, timer, askedAt, outcome);
    }

    /// <summary>
    /// A timer may outlive its reason: the answer came meanwhile. What is on the work list has no rounds left, so its
    /// timer was armed because the answer may be understood now (C11). What waits to be sent has a question only in a
    /// restored database: an earlier life may have sent it.
    /// </summary>
    private static bool IsWorthAsking(InstitutionOrder order) => order.State is
        InstitutionOrderStates.Ready or InstitutionOrderStates.Sending or InstitutionOrderStates.Accepted or InstitutionOrderStates.Unknown
        or InstitutionOrderStates.OnWorkList;

    private async ValueTask<ChannelOutcome> QueryAsync(TradeFamily family, InstitutionOrder order)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            Failpoints.Pass(Failpoint.BeforeQuery);
            var outcome = await channels.Of(family, order).QueryAsync(ChannelSet.Facts(family, order), deadline.Token);
            Failpoints.Pass(Failpoint.AfterQuery);
            return outcome;
        }
        catch (Exception broken)
        {
            log.LogError(
                broken, "the channel threw when asked for order {Number} of request {RequestSerial}",
                order.Number, family.PaymentOf(order).RequestSerial);
            return new ChannelOutcome.Unknown($"the channel threw {broken.GetType().Name}");
        }
    }
}
