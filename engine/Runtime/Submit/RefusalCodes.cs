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

    /// <summary>Only what was paid can be given back.</summary>
    public const string TradeNotPaid = "trade_not_paid";

    /// <summary>More than is left of the payment, by what was given back and what is on its way.</summary>
    public const string RefundExceedsPaid = "refund_exceeds_paid";

    public const string RefundCurrencyDiffers = "refund_currency_differs";

    /// <summary>The merchant's account does not hold what is to be given back.</summary>
    public const string InsufficientMerchantBalance = "insufficient_merchant_balance";

    public const string MerchantAccountNotOpen = "merchant_account_not_open";

    /// <summary>There is no account through which refunds in this currency could go.</summary>
    public const string RefundsNotEnabled = "refunds_not_enabled";

    public const string TooManyRefunds = "too_many_refunds";

    /// <summary>Another refund of this merchant has the number.</summary>
    public const string MerchantRefundNoTaken = "merchant_refund_no_taken";

    /// <summary>The queue is full.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The database does not answer.</summary>
    public const string Unavailable = "unavailable";
}
