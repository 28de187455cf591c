namespace PaymentEngine.Runtime.Submit;

/// <summary>Why the desk says no. Merchants' programs branch on these, so a code never changes its meaning.</summary>
public static class RefusalCodes
{
    /// <summary>The key was used before, for another request.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>The key was used before, and its answer is no longer kept.</summary>
    public const string IdempotencyAnswerGone = "idempotency_answer_gone";

    public const string TradeNotFound = "trade_not_found";

    /// <summary>The merchant order number has a trade, and this merchant wants no repeats (O2, strict).</summary>
    public const string MerchantOrderNoTaken = "merchant_order_no_taken";

    public const string CurrencyChanged = "currency_changed";

    public const string TradeAlreadyPaid = "trade_already_paid";

    public const string TradeClosed = "trade_closed";

    public const string TradeExpired = "trade_expired";

    /// <summary>The trade has had as many payments as a trade may have.</summary>
    public const string TooManyPayments = "too_many_payments";

    /// <summary>An earlier quick payment may still take the payer's money (O5).</summary>
    public const string PaymentInProgress = "payment_in_progress";

    /// <summary>The queue is full.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The database does not answer.</summary>
    public const string Unavailable = "unavailable";
}
