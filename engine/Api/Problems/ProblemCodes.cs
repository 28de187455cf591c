using System.Collections.Frozen;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Problems;

/// <summary>Every problem that the merchants' interface answers with. The documentation is made from this table.</summary>
public static class ProblemCodes
{
    public static readonly ProblemCode MalformedRequest = new(
        "malformed_request", 400, false, "Malformed request", "The request is not valid HTTP.");

    public static readonly ProblemCode MalformedRequestId = new(
        "malformed_request_id", 400, false, "Malformed X-Request-Id",
        "X-Request-Id is optional; when it is sent, it is 1 to 64 of A-Z a-z 0-9 . _ -");

    public static readonly ProblemCode IdempotencyKeyMissing = new(
        "idempotency_key_missing", 400, false, "Idempotency-Key is missing",
        "Every POST carries an Idempotency-Key, so that it can be repeated without being done twice.");

    public static readonly ProblemCode IdempotencyKeyMalformed = new(
        "idempotency_key_malformed", 400, false, "Malformed Idempotency-Key", "The key is 1 to 64 visible ASCII characters.");

    public static readonly ProblemCode InvalidUtf8 = new(
        "invalid_utf8", 400, false, "The body is not UTF-8", "JSON is sent as UTF-8, without a byte order mark.");

    public static readonly ProblemCode MalformedJson = new(
        "malformed_json", 400, false, "The body is not a JSON object", "The detail says where reading stopped, and why.");

    public static readonly ProblemCode InvalidRequest = new(
        "invalid_request", 400, false, "The request has invalid fields", "Each of errors names a field and what is wrong with it.");

    public static readonly ProblemCode Unauthorized = new(
        "unauthorized", 401, false, "Unknown API key", "Send Authorization: Bearer with a valid API key.");

    public static readonly ProblemCode MerchantInactive = new(
        "merchant_inactive", 403, false, "The merchant is not active", "Orders can be read; nothing can be started or changed.");

    public static readonly ProblemCode NotFound = new(
        "not_found", 404, false, "No such resource", "The path is not one of this interface.");

    public static readonly ProblemCode TradeNotFound = new(
        RefusalCodes.TradeNotFound, 404, false, "No such trade", "The merchant of this API key has no trade of that number.");

    public static readonly ProblemCode MethodNotAllowed = new(
        "method_not_allowed", 405, false, "Method not allowed", "Allow lists the methods of this path.");

    public static readonly ProblemCode RequestTimeout = new(
        "request_timeout", 408, true, "The request took too long to arrive", "Nothing was done. Send it again.");

    public static readonly ProblemCode BodyTooLarge = new(
        "body_too_large", 413, false, "The body is too large", "A body is at most 65,536 bytes.");

    public static readonly ProblemCode UnsupportedMediaType = new(
        "unsupported_media_type", 415, false, "Unsupported media type",
        "Content-Type is application/json, in UTF-8 and without a content encoding.");

    public static readonly ProblemCode IdempotencyKeyReused = new(
        RefusalCodes.IdempotencyKeyReused, 422, false, "The idempotency key belongs to another request",
        "This key was used before with another path or body. A new request needs a new key.");

    public static readonly ProblemCode IdempotencyAnswerGone = new(
        RefusalCodes.IdempotencyAnswerGone, 409, false, "The answer is no longer kept",
        "This request was carried out, and its answer has been discarded since. Read the trade instead.");

    public static readonly ProblemCode MerchantOrderNoTaken = new(
        RefusalCodes.MerchantOrderNoTaken, 409, false, "The merchant order number has a trade",
        "This merchant refuses repeats of an order number. trade_no names the trade.");

    public static readonly ProblemCode CurrencyChanged = new(
        RefusalCodes.CurrencyChanged, 409, false, "The currency of a trade cannot change",
        "The order number has a trade in another currency. trade_no names it.");

    public static readonly ProblemCode TradeAlreadyPaid = new(
        RefusalCodes.TradeAlreadyPaid, 409, false, "The trade is paid", "trade_no names the trade.");

    public static readonly ProblemCode TradeClosed = new(
        RefusalCodes.TradeClosed, 409, false, "The trade is closed or closing", "A new order number opens a new trade.");

    public static readonly ProblemCode TradeExpired = new(
        RefusalCodes.TradeExpired, 409, false, "The trade has expired", "No payment starts after expires_at.");

    public static readonly ProblemCode TooManyPayments = new(
        RefusalCodes.TooManyPayments, 409, false, "The trade has had too many payments", "A new order number opens a new trade.");

    public static readonly ProblemCode PaymentInProgress = new(
        RefusalCodes.PaymentInProgress, 409, true, "An earlier quick payment is in progress",
        "It may still take the payer's money, and its institution is being asked. A new quick payment may start when it has failed, or after retry_after_s.");

    public static readonly ProblemCode TradeNotPaid = new(
        RefusalCodes.TradeNotPaid, 409, false, "The trade is not paid", "Only what was paid can be given back. A trade that is not paid is closed instead.");

    public static readonly ProblemCode RefundExceedsPaid = new(
        RefusalCodes.RefundExceedsPaid, 409, false, "The refund exceeds what is left",
        "What was given back and what is on its way never exceed what was paid. The detail says how much is left.");

    public static readonly ProblemCode RefundCurrencyDiffers = new(
        RefusalCodes.RefundCurrencyDiffers, 409, false, "The refund is in another currency", "A trade is given back in the currency in which it was paid.");

    public static readonly ProblemCode InsufficientMerchantBalance = new(
        RefusalCodes.InsufficientMerchantBalance, 409, true, "Your balance does not cover the refund",
        "Nothing was done. It may be covered when more has been paid.");

    public static readonly ProblemCode MerchantAccountNotOpen = new(
        RefusalCodes.MerchantAccountNotOpen, 409, true, "Your account is not open", "It is frozen or closed; nothing was done.");

    public static readonly ProblemCode RefundsNotEnabled = new(
        RefusalCodes.RefundsNotEnabled, 409, false, "No refunds in this currency", "Operations have not opened the account through which they go.");

    public static readonly ProblemCode TooManyRefunds = new(
        RefusalCodes.TooManyRefunds, 409, false, "The trade has had too many refunds", "The detail says how many a trade may have.");

    public static readonly ProblemCode MerchantRefundNoTaken = new(
        RefusalCodes.MerchantRefundNoTaken, 409, false, "The merchant's refund number has a refund", "trade_no names the trade of that refund.");

    public static readonly ProblemCode InternalError = new(
        "internal_error", 500, true, "Internal error",
        "Whether the request was carried out is not known. Send it again with the same Idempotency-Key.");

    public static readonly ProblemCode Overloaded = new(
        RefusalCodes.Overloaded, 503, true, "Too many requests are waiting", "Nothing was done. Retry-After says when to try again.");

    public static readonly ProblemCode Unavailable = new(
        RefusalCodes.Unavailable, 503, true, "Temporarily unavailable",
        "Send it again with the same Idempotency-Key. Retry-After says when.");

    public static readonly IReadOnlyList<ProblemCode> All =
    [
        MalformedRequest, MalformedRequestId, IdempotencyKeyMissing, IdempotencyKeyMalformed, InvalidUtf8, MalformedJson,
        InvalidRequest, Unauthorized, MerchantInactive, NotFound, TradeNotFound, MethodNotAllowed, RequestTimeout,
        IdempotencyAnswerGone, MerchantOrderNoTaken, CurrencyChanged, TradeAlreadyPaid, TradeClosed, TradeExpired,
        TooManyPayments, PaymentInProgress, TradeNotPaid, RefundExceedsPaid, RefundCurrencyDiffers, InsufficientMerchantBalance,
        MerchantAccountNotOpen, RefundsNotEnabled, TooManyRefunds, MerchantRefundNoTaken, BodyTooLarge, UnsupportedMediaType, IdempotencyKeyReused, InternalError, Overloaded,
        Unavailable,
    ];

    private static readonly FrozenDictionary<string, ProblemCode> ByCode = All.ToFrozenDictionary(problem => problem.Code);

    public static ProblemCode Of(string code) => ByCode[code];
}
