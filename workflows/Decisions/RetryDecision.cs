using PaymentEngine.Core.Directory;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// Whether an order of which nothing ever left the building is still worth sending. Giving up is safe here, so it is
/// done as soon as the payer or the merchant has stopped waiting. A refund is somebody's money: it is never given up.
/// </summary>
public static class RetryDecision
{
    private static readonly TimeSpan ShortestPostingPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPostingPause = TimeSpan.FromHours(1);

    /// <summary>How long the message to a channel application may take before its timer does without.</summary>
    public static readonly TimeSpan HandOverPatience = TimeSpan.FromSeconds(3);

    public static bool MayRetry(
        InstitutionOrder order, PaymentOrder payment, TradeOrder trade, ChannelSettings channel, DateTimeOffset now) =>
        now < payment.ExpiresAt
        && (payment.IsRefund
            || (order.Sends < channel.MaximumSends && !trade.HasExpired(now) && trade.IsWaitingFor(payment)));

    /// <summary>After this moment <see cref="MayRetry"/> is false whatever else happens.</summary>
    public static DateTimeOffset WantedUntil(PaymentOrder payment, TradeOrder trade) =>
        payment.IsRefund || payment.ExpiresAt < trade.ExpiresAt ? payment.ExpiresAt : trade.ExpiresAt;

    /// <summary>
    /// How long a payment waits for its refused posting: as long as it has waited already, so that the pauses double.
    /// </summary>
    public static TimeSpan PostingPause(TimeSpan age) =>
        age < ShortestPostingPause ? ShortestPostingPause : age > LongestPostingPause ? LongestPostingPause : age;

    /// <summary>Until the maintenance ends, or until it is worth looking whether it ended before its time.</summary>
    public static TimeSpan HoldPause(Hold hold, DateTimeOffset now) => hold.Until - now < LongestHold ? hold.Until - now : LongestHold;

    public static TimeSpan BackOff(int sends) => sends switch
    {
        <= 1 => TimeSpan.FromSeconds(1),
        2 => TimeSpan.FromSeconds(5),
        <= 10 => TimeSpan.FromSeconds(30),
        _ => TimeSpan.FromMinutes(10),
    };
}
