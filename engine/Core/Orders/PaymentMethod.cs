namespace PaymentEngine.Core.Orders;

/// <summary>How the payer pays; the payment mode by which channels are chosen.</summary>
public enum PaymentMethod
{
    Quick,
    OnlineBanking,
    Wallet,
}

/// <summary>What a payment order executes.</summary>
public enum PaymentKind
{
    Payment,

    /// <summary>Gives money of one executed institution order back to its payer.</summary>
    Refund,
}

/// <summary>The stored and published spelling of the enumerations above.</summary>
public static class PaymentNames
{
    public static string Code(this PaymentMethod method) => method switch
    {
        PaymentMethod.Quick => "quick",
        PaymentMethod.OnlineBanking => "online_banking",
        PaymentMethod.Wallet => "wallet",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "unknown payment method"),
    };

    public static bool TryParseMethod(string? code, out PaymentMethod method)
    {
        (var known, method) = code switch
        {
            "quick" => (true, PaymentMethod.Quick),
            "online_banking" => (true, PaymentMethod.OnlineBanking),
            "wallet" => (true, PaymentMethod.Wallet),
            _ => (false, default),
        };
        return known;
    }

    public static PaymentMethod ParseMethod(string code) =>
        TryParseMethod(code, out var method) ? method : throw new FormatException($"'{code}' is not a payment method");

    public static string Code(this PaymentKind kind) => kind switch
    {
        PaymentKind.Payment => "payment",
        PaymentKind.Refund => "refund",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown payment kind"),
    };

    public static PaymentKind ParseKind(string code) => code switch
    {
        "payment" => PaymentKind.Payment,
        "refund" => PaymentKind.Refund,
        _ => throw new FormatException($"'{code}' is not a payment kind"),
    };
}
