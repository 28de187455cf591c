using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Opens a trade, and starts its first payment when one is given.</summary>
public sealed record OpenTrade(
    string MerchantOrderNo,
    Money Amount,
    string Payer,
    string? Payee,
    string? Description,
    TimeSpan Validity,
    StartPayment? Payment,
    string? NotifyUrl = null);

/// <summary>Gives back what the trade was paid, or a part of it.</summary>
/// <param name="Amount">Null for all that is left.</param>
public sealed record RefundTrade(Money? Amount, string? MerchantRefundNo, string? Reason, string? NotifyUrl);

public sealed record StartPayment(PaymentMethod Method, string PayerAccount)
{
    public PaymentElements Elements { get; init; } = PaymentElements.None;
}
