using PaymentEngine.Core.Directory;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// Whether an order that the institution says it does not know may be sent again with its number (C13). The institution
/// may be wrong: only its promise that a number executes once, and a delay longer than any call lives, make it safe.
/// Whether it then is done is for the script to say, which cannot loosen any of this.
/// </summary>
public static class ResendDecision
{
    /// <param name="askedAt">An answer may be decided on long after it was given, when the node was stopped or lost a race meanwhile.</param>
    public static bool MayResend(
        InstitutionOrder order, PaymentOrder payment, TradeOrder trade, ChannelSettings channel, DateTimeOffset askedAt, DateTimeOffset now) =>
        channel.Idempotent
        && askedAt >= (order.SendBy ?? order.CreatedAt) + channel.ResendSafetyDelay
        && order.Sends < channel.MaximumSends
        && now < payment.ExpiresAt
        && trade.IsWaitingFor(payment);
}
