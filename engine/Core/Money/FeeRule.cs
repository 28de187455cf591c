namespace PaymentEngine.Core;

/// <summary>
/// What we charge for an amount: a rate in parts per million, half-up to the minor unit, plus a fixed part, kept
/// between a minimum and a maximum. The minor units are those of the amount's currency. A fee is never negative and
/// never above the amount, which is why a small amount may cost less than the minimum.
/// </summary>
public sealed record FeeRule(int RatePpm, long FixedMinor, long? MinimumMinor, long? MaximumMinor)
{
    private const int Million = 1_000_000;

    public int RatePpm { get; } = RatePpm is >= 0 and <= Million
        ? RatePpm
        : throw new ArgumentOutOfRangeException(nameof(RatePpm), RatePpm, "A rate is between 0 and 1,000,000 parts per million.");

    public long FixedMinor { get; } = FixedMinor >= 0
        ? FixedMinor
        : throw new ArgumentOutOfRangeException(nameof(FixedMinor), FixedMinor, "A fixed fee is not negative.");

    public long? MinimumMinor { get; } = MinimumMinor is null or >= 0
        ? MinimumMinor
        : throw new ArgumentOutOfRangeException(nameof(MinimumMinor), MinimumMinor, "A minimum fee is not negative.");

    public long? MaximumMinor { get; } = MaximumMinor is null || MaximumMinor >= (MinimumMinor ?? 0)
        ? MaximumMinor
        : throw new ArgumentOutOfRangeException(nameof(MaximumMinor), MaximumMinor, "A maximum fee is neither negative nor below the minimum.");

    public Money Of(Money gross)
    {
        if (gross < Money.Zero(gross.Currency))
        {
            throw new ArgumentOutOfRangeException(nameof(gross), gross, "A fee is charged on an amount that is not negative.");
        }

        // 128 bits hold the largest amount times a million, so nothing is rounded but the last step.
        var fee = ((Int128)gross.Minor * RatePpm + Million / 2) / Million + FixedMinor;
        fee = Int128.Max(fee, MinimumMinor ?? 0);
        fee = Int128.Min(fee, MaximumMinor ?? long.MaxValue);
        fee = Int128.Min(fee, gross.Minor);
        return new Money((long)fee, gross.Currency);
    }
}
