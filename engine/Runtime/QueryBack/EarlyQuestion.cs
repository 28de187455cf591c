using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>Whether an order may be asked about before its plan says so, because somebody is waiting.</summary>
internal static class EarlyQuestion
{
    /// <summary>
    /// Once per order: whoever keeps trying must not use up the rounds of queries, nor wear out the institution that
    /// answers them. While the call itself is out, it is the question.
    /// </summary>
    public static bool IsFree(InstitutionOrder order, DateTimeOffset now) =>
        order is { Queries: 0, State: InstitutionOrderStates.Sending or InstitutionOrderStates.Accepted or InstitutionOrderStates.Unknown }
        && !(order.State == InstitutionOrderStates.Sending && order.SendBy > now);
}
