using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Whether a trade may still be paid or closed, as pure decisions with their refusals.</summary>
public static class TradeChecks
{
    /// <summary>A trade is a purchase, not a queue: who failed this often needs a person.</summary>
    public const int MostPayments = 50;

    public static readonly TimeSpan QuickPaymentBlock = TimeSpan.FromMinutes(3);

    private const int Conflict = 409;

    /// <summary>Null when a payment may start now (O3).</summary>
    public static Refusal? WhyNoPayment(TradeFamily family, DateTimeOffset now) => family.Trade switch
    {
        { State: TradeStates.Paid } paid => Refuse(RefusalCodes.TradeAlreadyPaid, paid, "the trade has been paid"),
        { State: TradeStates.Closed or TradeStates.Closing } closed => Refuse(RefusalCodes.TradeClosed, closed, "the trade has been closed"),
        var trade when trade.HasExpired(now) => Refuse(RefusalCodes.TradeExpired, trade, "the trade's validity is over"),
        var trade when family.Payments.Count >= MostPayments => Refuse(RefusalCodes.TooManyPayments, trade, $"a trade has at most {MostPayments} payments"),
        _ => null,
    };

    /// <summary>
    /// Null when a payment by this method may start beside those in flight (O5). A quick payment takes the money without
    /// the payer, so a second one waits until the first has had time to become certain. At an online bank or in a wallet
    /// the payer himself decides, and may come back at once.
    /// </summary>
    public static Refusal? WhyNotBeside(TradeFamily family, PaymentMethod method, DateTimeOffset now)
    {
        if (method != PaymentMethod.Quick || family.Payments.FindLast(IsQuickAndOpen) is not { } earlier)
        {
            return null;
        }

        var wait = earlier.CreatedAt + QuickPaymentBlock - now;
        return wait > TimeSpan.Zero
            ? new Refusal(
                RefusalCodes.PaymentInProgress, Conflict, $"the quick payment {earlier.Number} is not certain yet; its institution is being asked",
                Retryable: true, family.Trade.Id, wait)
            : null;
    }

    public static bool IsQuickAndOpen(PaymentOrder payment) =>
        !payment.IsRefund
        && payment.Method == PaymentMethod.Quick
        && payment.State is PaymentStates.Processing or PaymentStates.AwaitingPosting;

    /// <summary>Null when the merchant may close it; closing twice is no mistake.</summary>
    public static Refusal? WhyNotClose(TradeOrder trade) => trade.State == TradeStates.Paid
        ? Refuse(RefusalCodes.TradeAlreadyPaid, trade, "a paid trade cannot be closed")
        : null;

    public static Refusal Refuse(string code, TradeOrder trade, string why) => new(code, Conflict, why, Retryable: false, trade.Id);
}
