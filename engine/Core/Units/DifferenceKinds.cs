namespace PaymentEngine.Core.Units;

/// <summary>What two sides can disagree about, as stored.</summary>
public static class DifferenceKinds
{
    /// <summary>Money arrived that nobody wants; settled when the payer has it back.</summary>
    public const string Surplus = "surplus";

    public const string AmountDiffers = "amount_differs";

    /// <summary>An institution contradicted its own final word.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>A channel spoke of an order that was sent to another one.</summary>
    public const string WrongChannel = "wrong_channel";
}
