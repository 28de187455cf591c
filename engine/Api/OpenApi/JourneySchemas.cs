using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Api.OpenApi;

[Description("One step of one order. An event that changed no state is history too: from and to are then equal.")]
internal sealed record TransitionResponse(
    DateTimeOffset At,
    [property: AllowedValues("trade", "payment", "instruction", "institution_order")]
    string Level,
    string Number,
    string Event,
    string From,
    string To,
    string? Reason,
    string Actor,
    string RequestId);

[Description("One ledger entry. Closing is opening plus a credit or less a debit, and the opening of the account's next entry.")]
internal sealed record EntryResponse(
    string PaymentNo,
    [property: AllowedValues(
        "payment", "surplus", "refund", "refund_taken", "refund_paid", "refund_returned", "void_taken", "void_paid", "void_returned",
        "refund_after_all")]
    string Posting,
    string Account,
    string AccountName,
    [property: AllowedValues("debit", "credit")]
    string Side,
    string Amount,
    string Opening,
    string Closing,
    long Seq,
    DateOnly PostingDate);

internal sealed record TimerResponse(
    [property: AllowedValues("dispatch", "query", "expiry", "posting")]
    string Kind,
    [property: Description("The order that it wakes.")]
    string Number,
    DateTimeOffset DueAt);

internal sealed record NotificationResponse(
    [property: Description("The header webhook-id of every attempt.")]
    string Id,
    [property: AllowedValues(
        "trade.paid", "trade.closed", "payment.failed", "surplus.detected", "surplus.refunded", "surplus.not_refunded",
        "refund.succeeded", "refund.failed", "void.succeeded", "void.failed")]
    string Type,
    [property: AllowedValues("waiting", "delivered", "exhausted")]
    string State,
    int Attempts,
    [property: Description("What the merchant's system answered last, if it answered.")]
    int? LastStatus,
    [property: Description("Why it did not.")]
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt);
