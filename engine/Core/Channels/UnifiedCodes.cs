namespace PaymentEngine.Core.Channels;

/// <summary>Unified codes that mean something to the engine itself; all others are operations' words.</summary>
public static class UnifiedCodes
{
    public const string InsufficientFunds = "insufficient_funds";
}
