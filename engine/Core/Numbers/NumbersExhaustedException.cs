namespace PaymentEngine.Core;

/// <summary>
/// A rule has no number left on this day, or none for this sequence. To go on would repeat a number, so nothing is sent
/// until the rule of the interface has more room.
/// </summary>
public sealed class NumbersExhaustedException(NumberRule rule, DateOnly date, long? sequence = null)
    : Exception(sequence is null
        ? $"There are no numbers left for {date:yyyy-MM-dd} with prefix '{rule.Prefix}', which end at {rule.Capacity}; after a restore there are half as many."
        : $"Sequence {sequence} of {date:yyyy-MM-dd} does not fit the numbers with prefix '{rule.Prefix}', which end at {rule.Capacity}.")
{
    public NumberRule Rule { get; } = rule;

    public DateOnly Date { get; } = date;

    public long? Sequence { get; } = sequence;
}
