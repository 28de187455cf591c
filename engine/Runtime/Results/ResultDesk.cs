using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Runtime.Results;

/// <summary>Carries what institutions say into the orders: commit 2.</summary>
public sealed class ResultDesk(DecisionDesk desk, Acceptances acceptances, ILogger<ResultDesk> log)
{
    /// <param name="family">As this node committed it before the call; used unless somebody changed it meanwhile.</param>
    public async ValueTask ApplyToSendAsync(TradeFamily family, InstitutionOrder order, short send, ChannelOutcome outcome)
    {
        var message = OutcomeMessages.OfSend(order.Id, send, outcome);
        if (outcome is ChannelOutcome.Accepted && await acceptances.WaitAsync(family, order, message))
        {
            return;
        }

        var cause = new Cause("channel", family.PaymentOf(order).RequestSerial);
        await DecideAsync(order.TradeId, family, cause, message);
    }

    /// <param name="family">As loaded before the question; it may have changed while the institution thought.</param>
    public async ValueTask ApplyToQueryAsync(TradeFamily family, InstitutionOrder order, DueTimer timer, DateTimeOffset askedAt, ChannelOutcome outcome)
    {
        var cause = new Cause("query", family.PaymentOf(order).RequestSerial, timer);
        await DecideAsync(order.TradeId, known: null, cause, OutcomeMessages.OfQuery(order.Id, outcome, askedAt));
    }

    /// <summary>An order that waits unclaimed is to be sent.</summary>
    /// <param name="family">As loaded a moment ago.</param>
    /// <param name="timer">Null when it is not the order's timer that says so.</param>
    public async ValueTask ApplyDispatchAsync(TradeFamily family, OrderId order, DueTimer? timer)
    {
        var cause = new Cause(timer is null ? "broker" : "timer", family.RequestSerialOf(order), timer);
        await DecideAsync(family.Trade.Id, family, cause, new DispatchDue(order));
    }

    /// <summary>A timer that speaks to an order by itself: expiry, posting.</summary>
    public async ValueTask ApplyTimerAsync(DueTimer timer, OrderMessage message)
    {
        var cause = new Cause("timer", RequestSerial: null, timer);
        await DecideAsync(timer.Trade, known: null, cause, message);
    }

    private async ValueTask DecideAsync(OrderId trade, TradeFamily? known, Cause cause, OrderMessage message)
    {
        var result = await desk.DecideAsync(trade, known, cause, unit =>
        {
            desk.Run(unit, message);

            // News that every lifecycle ignored changes nothing; only a timer's row still has to go.
            return unit.Transitions.Count > 0 || unit.HandledTimer is not null;
        });
        if (result.Commit is not (null or CommitResult.Committed))
        {
            log.LogWarning(
                "order {Order} of request {RequestSerial} keeps its timer: {Result}",
                message.Target, result.Family?.RequestSerialOf(message.Target), result.Commit);
        }
    }
}
