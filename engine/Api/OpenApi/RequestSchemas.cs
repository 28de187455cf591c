using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Api.OpenApi;

// The bodies of requests as the document tells them. The readers do the reading; a test compares the two.

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
[Description("Opens a trade; with payment, its first payment starts at once.")]
internal sealed record OpenTradeRequest(
    [property: Description("The merchant's own number of the order, unique per merchant.")]
    [property: RegularExpression(FieldLimits.MerchantOrderNoPattern)]
    string MerchantOrderNo,
    [property: Description("In major units, more than zero, with at most the decimals of the currency: \"88.00\". At most 1,000,000,000,000 minor units.")]
    [property: RegularExpression(FieldLimits.AmountPattern)]
    string Amount,
    [property: Description("ISO 4217. The merchant needs an account in it.")]
    [property: RegularExpression(FieldLimits.CurrencyPattern)]
    string Currency,
    [property: Length(1, FieldLimits.Party)]
    string Payer,
    [property: Length(1, FieldLimits.Party)]
    string Payee = "",
    [property: Length(0, FieldLimits.Description)]
    string Description = "",
    [property: Description("For how many seconds payments of this trade may start.")]
    [property: Range(FieldLimits.ShortestValidityS, FieldLimits.LongestValidityS)]
    int ExpiresInS = FieldLimits.UsualValidityS,
    StartPaymentRequest Payment = null!,
    [property: Description("Where the merchant is told what becomes of the trade. It matches an origin registered for the merchant.")]
    [property: Length(1, NotifyAddress.MaximumLength)]
    string NotifyUrl = "");

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
[Description("Starts a payment of a trade.")]
internal sealed record StartPaymentRequest(
    [property: AllowedValues("quick", "online_banking", "wallet")]
    string Method,
    [property: Length(1, FieldLimits.PayerAccount)]
    string PayerAccount,
    [property: Description("The payment product. This and what follows is what channels are chosen by; say what you know.")]
    [property: RegularExpression(FieldLimits.ElementPattern)]
    string Product = "",
    [property: Description("Where the payer pays: app, web, pos …")]
    [property: RegularExpression(FieldLimits.ElementPattern)]
    string Terminal = "",
    [property: RegularExpression(FieldLimits.ElementPattern)]
    string CardKind = "",
    [property: AllowedValues("debit", "credit")]
    string DebitCredit = "",
    [property: AllowedValues("personal", "corporate")]
    string Ownership = "",
    [property: Description("The bank or wallet at the far end.")]
    [property: RegularExpression(FieldLimits.ElementPattern)]
    string TargetInstitution = "",
    [property: Description("The agreement under which is paid without the payer.")]
    [property: RegularExpression(FieldLimits.ElementPattern)]
    string Agreement = "");

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
[Description("Gives back what a trade was paid; without a body, all that is left of it.")]
internal sealed record RefundTradeRequest(
    [property: Description("The merchant's own number of the refund, unique per merchant.")]
    [property: RegularExpression(FieldLimits.MerchantOrderNoPattern)]
    string MerchantRefundNo = "",
    [property: Description("How much; all that is left when it is not there.")]
    RefundAmountRequest Amount = null!,
    [property: Length(0, FieldLimits.Description)]
    string Reason = "",
    [property: Description("Where the merchant is told what becomes of the refund; where he is told of the trade when it is not there.")]
    [property: Length(1, NotifyAddress.MaximumLength)]
    string NotifyUrl = "");

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RefundAmountRequest(
    [property: Description("In major units, more than zero, with at most the decimals of the currency: \"30.00\".")]
    [property: RegularExpression(FieldLimits.AmountPattern)]
    string Value,
    [property: Description("The currency of the trade.")]
    [property: RegularExpression(FieldLimits.CurrencyPattern)]
    string Currency);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
[Description("Nothing: an empty object, or no body at all.")]
internal sealed record CloseTradeRequest;
