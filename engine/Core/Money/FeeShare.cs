namespace PaymentEngine.Core;

/// <summary>
/// How much of a fee goes back with each part of a payment that is given back. What has gone back is the fee's share of
/// all that was given back, half-up, after each part; so the parts never differ by more than a minor unit from their
/// own share, and the last one leaves nothing.
/// </summary>
public static class FeeShare
{
    /// <param name="fee">Of the whole payment.</param>
    /// <param name="givenBack">Of it before this part, with <paramref name="feeBack"/> of the fee.</param>
    public static Money Of(Money fee, Money paid, Money givenBack, Money feeBack, Money part)
    {
        var after = givenBack + part;
        if (!part.IsPositive || after > paid || fee > paid || feeBack > fee)
        {
            throw new ArgumentException($"{part} after {givenBack} of {paid}, and {feeBack} of the fee {fee}, cannot be given back", nameof(part));
        }

        // 128 bits hold the product of any two amounts.
        var due = (((Int128)fee.Minor * after.Minor * 2) + paid.Minor) / ((Int128)paid.Minor * 2);
        return new Money(long.Max((long)due - feeBack.Minor, 0), fee.Currency);
    }
}
