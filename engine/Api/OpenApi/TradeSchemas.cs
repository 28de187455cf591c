using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Api.OpenApi;

// The bodies of answers as the document tells them. The writers do the writing; a test compares the two.

[Description("A trade: what the merchant wants done, and what became of it.")]
internal sealed record TradeResponse(
    [property: Description("Our number of the trade.")]
    string TradeNo,
    string MerchantOrderNo,
    [property: AllowedValues("awaiting_payment", "paying", "paid", "closing", "closed")]
    string State,
    [property: Description("In major units of currency, as are all amounts below.")]
    string Amount,
    string Currency,
    string Payer,
    string? Payee,
    string? Description,
    [property: Description("Where the merchant is told what becomes of it.")]
    string? NotifyUrl,
    DateTimeOffset CreatedAt,
    [property: Description("No payment starts after this moment.")]
    DateTimeOffset ExpiresAt,
    DateTimeOffset? PaidAt,
    [property: Description("The serial number of the request that this is the first answer to.")]
    string RequestId,
    IReadOnlyList<PaymentResponse> Payments,
    [property: Description("With expand=all: every step of all four levels.")]
    IReadOnlyList<TransitionResponse> Transitions = null!,
    [property: Description("With expand=all: what was booked.")]
    IReadOnlyList<EntryResponse> Entries = null!,
    [property: Description("With expand=all: what will happen next, and when.")]
    IReadOnlyList<TimerResponse> Timers = null!,
    [property: Description("With expand=all: what the merchant was told, or is still to be told.")]
    IReadOnlyList<NotificationResponse> Notifications = null!,
    [property: Description("With expand=routing: how the channels were chosen.")]
    IReadOnlyList<ChoiceResponse> Routing = null!);

[Description("One attempt to pay the trade, or a refund.")]
internal sealed record PaymentResponse(
    string PaymentNo,
    [property: Description("A void is the refund of a whole payment on its own ledger day.")]
    [property: AllowedValues("payment", "refund", "void")]
    string Kind,
    [property: AllowedValues("processing", "awaiting_posting", "succeeded", "surplus", "failed")]
    string State,
    string Amount,
    [property: AllowedValues("quick", "online_banking", "wallet")]
    string Method,
    DateTimeOffset CreatedAt,
    [property: Description("Why it failed, as a stable code.")]
    string? Failure,
    [property: Description("What the payer can be told of it, in the language of Accept-Language (zh, en).")]
    string? FailureMessage,
    [property: Description("What is given back; null for an attempt to pay.")]
    RefundResponse? Refund,
    [property: Description("With expand=all: the legs of the payment.")]
    IReadOnlyList<InstructionResponse> Instructions = null!);

[Description("What a refund gives back.")]
internal sealed record RefundResponse(
    [property: Description("The payment whose money it is.")]
    string PaymentNo,
    [property: Description("merchant gives back what he was paid; surplus goes back by itself.")]
    [property: AllowedValues("merchant", "surplus")]
    string Of,
    string? MerchantRefundNo,
    string? Reason,
    [property: Description("How much of our fee the merchant has back with it; null for surplus, of which no fee is taken.")]
    string? FeeReturned,
    [property: Description("Where the merchant is told of it, when not where he is told of the trade.")]
    string? NotifyUrl,
    [property: Description("When a refund of the merchant's succeeded or failed.")]
    DateTimeOffset? EndedAt);

[Description("One leg of a payment.")]
internal sealed record InstructionResponse(
    string InstructionNo,
    [property: AllowedValues("processing", "succeeded", "failed")]
    string State,
    string Amount,
    [property: AllowedValues("quick", "online_banking", "wallet")]
    string Method,
    IReadOnlyList<InstitutionOrderResponse> InstitutionOrders);

[Description("One order as an institution sees it.")]
internal sealed record InstitutionOrderResponse(
    string OrderNo,
    [property: Description("The number that the institution knows.")]
    string Number,
    string Channel,
    [property: AllowedValues("ready", "sending", "accepted", "unknown", "on_work_list", "succeeded", "failed")]
    string State,
    string Amount,
    [property: Description("The institution's own serial number.")]
    string? InstitutionRef,
    [property: Description("The last result code of the institution.")]
    string? Code,
    int Sends,
    int Queries,
    DateTimeOffset CreatedAt,
    [property: Description("Why it was made after another order; null for the first.")]
    RerouteResponse? Reroute);

[Description("A reroute: another order of the same leg, with a new number, because it was certain that the first moves no money.")]
internal sealed record RerouteResponse(
    [property: Description("The order_no of the order before.")]
    string Of,
    [property: AllowedValues("not_sent", "certain_failure", "closed_at_institution")]
    string Evidence,
    string InWords,
    [property: Description("The version of the script, or the persons.")]
    string DecidedBy);
