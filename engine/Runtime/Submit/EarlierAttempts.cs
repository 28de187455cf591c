using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Has institutions asked about the attempts for which a new one has to wait (O5).</summary>
public sealed class EarlierAttempts(TimerStore timers)
{
    /// <summary>
    /// Once per attempt: a merchant who keeps trying must not use up the rounds of queries, nor wear out the institution
    /// that answers them. While the call itself is out, it is the question.
    /// </summary>
    public async ValueTask AskAsync(TradeFamily family, DateTimeOffset now, CancellationToken ct)
    {
        List<TimerChange> sooner = [];
        foreach (var order in family.InstitutionOrders)
        {
            if (order is { Queries: 0, State: InstitutionOrderStates.Sending or InstitutionOrderStates.Accepted or InstitutionOrderStates.Unknown }
                && !IsCallOut(order, now)
                && TradeChecks.IsQuickAndOpen(family.PaymentOf(order)))
            {
                sooner.Add(new TimerChange(order.Id, TimerKind.Query, now));
            }
        }

        if (sooner.Count > 0)
        {
            await timers.HastenAsync(sooner, ct);
        }
    }

    private static bool IsCallOut(InstitutionOrder order, DateTimeOffset now) =>
        order.State == InstitutionOrderStates.Sending && order.SendBy > now;
}
