using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.QueryBack;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Has institutions asked about the attempts for which a new one has to wait (O5).</summary>
public sealed class EarlierAttempts(TimerStore timers)
{
    /// <summary>Once per attempt, also when the merchant keeps trying.</summary>
    public async ValueTask AskAsync(TradeFamily family, DateTimeOffset now, CancellationToken ct)
    {
        List<TimerChange> sooner = [];
        foreach (var order in family.InstitutionOrders)
        {
            if (EarlyQuestion.IsFree(order, now) && TradeChecks.IsQuickAndOpen(family.PaymentOf(order)))
            {
                sooner.Add(new TimerChange(order.Id, TimerKind.Query, now));
            }
        }

        if (sooner.Count > 0)
        {
            await timers.HastenAsync(sooner, ct);
        }
    }
}
