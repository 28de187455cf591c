using PaymentEngine.Core.Directory;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// Whether a leg whose order failed for certain may be tried on another channel, with a new number (C14). Off unless the
/// channel that failed allows it; never for money that is given back; never without evidence. Whether it then is done is
/// for the script to say, which cannot loosen any of this.
/// </summary>
public static class RerouteDecision
{
    public static bool MayReroute(
        PaymentOrder payment, TradeOrder trade, ChannelSettings failed, Evidence? evidence, int reroutesSoFar, DateTimeOffset now) =>
        evidence is not null
        && reroutesSoFar < failed.MaximumReroutes
        && !payment.IsRefund
        && now < payment.ExpiresAt
        && !trade.HasExpired(now)
        && trade.IsWaitingFor(payment);
}
