namespace PaymentEngine.Core;

/// <summary>
/// A rule has no number left for this sequence on this day. To go on would repeat a number, so nothing is sent until
/// the rule of the interface has more room.
/// </summary>
public sealed class NumbersExhaustedException(NumberRule rule, DateOnly date, long sequence)
    : Exception($"Sequence {sequence} of {date:yyyy-MM-dd} does not fit the numbers with prefix '{rule.Prefix}', which end at {rule.Capacity}.")
{
    public NumberRule Rule { get; } = rule;

    public DateOnly Date { get; } = date;

    public long Sequence { get; } = sequence;
}
