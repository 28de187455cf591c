using PaymentEngine.Core.QueryBack;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>When an institution is asked about an order (C12).</summary>
public static class QueryRounds
{
    /// <summary>
    /// The rounds that are over once this news is in. Those that were slept through count as over, or the last round
    /// would be asked again for ever.
    /// </summary>
    public static short Over(InstitutionOrder order, QueryPlan plan, bool fromQuery, DateTimeOffset now)
    {
        var asked = order.Queries + (fromQuery ? 1 : 0);
        return (short)(plan.Next(order.CreatedAt, asked, now)?.Round ?? asked);
    }

    /// <summary>The next question, or null when only a person can help.</summary>
    public static DateTimeOffset? Next(InstitutionOrder order, QueryPlan plan, DateTimeOffset now)
    {
        if (plan.Next(order.CreatedAt, order.Queries, now) is { } round)
        {
            return round.At;
        }

        // A resend after the last round is asked about once, as soon as its call is certainly over.
        return order.SendBy > now ? order.SendBy : null;
    }

    /// <summary>The question that follows a send: at the next round, but never while the call may still be under way.</summary>
    public static DateTimeOffset AfterSend(InstitutionOrder order, QueryPlan plan, DateTimeOffset now)
    {
        var callIsOver = order.SendBy ?? now;
        return plan.Next(order.CreatedAt, order.Queries, now) is { } round && round.At > callIsOver ? round.At : callIsOver;
    }
}
