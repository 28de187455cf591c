namespace PaymentEngine.Core.Orders;

/// <summary>How a merchant gives a payment back (O9).</summary>
public enum RefundKind
{
    /// <summary>After the cut of the payment's day, or for a part of it.</summary>
    Refund,

    /// <summary>All of it, before the cut of its day: the trade never enters clearing, and the fee goes back with it.</summary>
    Void,
}

/// <summary>What a merchant wanted of his refund, and what it was found to be when he asked.</summary>
/// <param name="FeeBack">The part of our fee that he has back.</param>
/// <param name="MerchantRefundNo">His own number of it, which he uses once.</param>
/// <param name="NotifyUrl">Where he wants to be told of this one; null for where he is told of the trade.</param>
public sealed record RefundTerms(RefundKind Kind, Money FeeBack, string? MerchantRefundNo, string? Reason, string? NotifyUrl);

/// <summary>The stored and published spelling.</summary>
public static class RefundNames
{
    public static string Code(this RefundKind kind) => kind switch
    {
        RefundKind.Refund => "refund",
        RefundKind.Void => "void",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of refund"),
    };

    public static RefundKind Parse(string code) => code switch
    {
        "refund" => RefundKind.Refund,
        "void" => RefundKind.Void,
        _ => throw new FormatException($"'{code}' is not a kind of refund"),
    };
}
