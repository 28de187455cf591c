namespace PaymentEngine.Core.Directory;

/// <summary>What happens when a merchant submits an order number again (O2), chosen at on-boarding.</summary>
public enum RepeatMode
{
    /// <summary>An unpaid trade is continued.</summary>
    Continue,

    /// <summary>Any repeat is refused.</summary>
    Strict,
}

public sealed record Merchant(int Id, string Number, string Name, RepeatMode Repeats, FeeRule Fee, bool Active);
