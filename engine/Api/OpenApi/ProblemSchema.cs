using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.OpenApi;

[Description("RFC 9457. Programs branch on code; a code never changes its meaning.")]
internal sealed record ProblemResponse(
    Uri Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: Description("The same request with the same Idempotency-Key may succeed later.")]
    bool Retryable,
    string RequestId,
    [property: Description("With code invalid_request: every field that was refused.")]
    IReadOnlyList<FieldErrorResponse> Errors = null!,
    [property: Description("The trade that stands in the way.")]
    string TradeNo = "",
    [property: Description("With code payment_in_progress: after how many seconds it stands in the way no longer. Also in Retry-After.")]
    long? RetryAfterS = null);

internal sealed record FieldErrorResponse(
    [property: Description("Its path in the body, or the name of a parameter: payment.method")]
    string Field,
    [property: AllowedValues(
        FieldCodes.Required, FieldCodes.UnknownField, FieldCodes.DuplicateField, FieldCodes.WrongType, FieldCodes.WrongLength,
        FieldCodes.InvalidCharacters, FieldCodes.OutOfRange, FieldCodes.UnknownValue, FieldCodes.CurrencyUnknown,
        FieldCodes.CurrencyNotEnabled, FieldCodes.AmountMalformed, FieldCodes.AmountNotPositive,
        FieldCodes.AmountHasFractionOfMinorUnit, FieldCodes.AmountTooLarge, FieldCodes.NotifyUrlMalformed,
        FieldCodes.NotifyUrlNotRegistered, FieldCodes.NotifyUrlPrivate)]
    string Code,
    string Message);
