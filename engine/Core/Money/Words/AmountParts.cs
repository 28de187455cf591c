namespace PaymentEngine.Core;

/// <summary>An amount without its sign, split at the point; the least of all amounts has no positive of its own.</summary>
internal static class AmountParts
{
    public static (ulong Whole, ulong Fraction) Of(Money money)
    {
        var magnitude = money.IsNegative ? unchecked(0UL - (ulong)money.Minor) : (ulong)money.Minor;
        return Math.DivRem(magnitude, Scale(money.Currency.Exponent));
    }

    public static ulong Scale(int exponent)
    {
        var scale = 1UL;
        for (; exponent > 0; exponent--)
        {
            scale *= 10;
        }

        return scale;
    }
}
