using PaymentEngine.Core.Directory;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// Whether a leg whose order failed for certain is tried on another channel, with a new number (C14). Off unless the
/// channel that failed allows it; never for money that is given back; never without evidence.
/// </summary>
public static class RerouteDecision
{
    public static bool MayReroute(
        PaymentOrder payment, TradeOrder trade, ChannelSettings failed, string? evidence, int reroutesSoFar, DateTimeOffset now) =>
        evidence is not null
        && reroutesSoFar < failed.MaximumReroutes
        && !payment.IsRefund
        && now < payment.ExpiresAt
        && !trade.HasExpired(now)
        && trade.IsWaitingFor(payment);
}
