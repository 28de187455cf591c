namespace PaymentEngine.Core;

/// <summary>
/// The key of an order in the database: its day in the upper 16 bits, its sequence in the lower 47. So ids sort by day,
/// and a look-up names the partition. The default value is no order.
/// </summary>
public readonly record struct OrderId(long Value) : IComparable<OrderId>
{
    private const int SequenceBits = 47;
    private const int DayBits = 16;

    /// <summary>The largest sequence of a day: 140 trillion.</summary>
    public const long MaximumSequence = (1L << SequenceBits) - 1;

    public static readonly DateOnly FirstDay = new(2020, 1, 1);
    public static readonly DateOnly LastDay = FirstDay.AddDays((1 << DayBits) - 1);

    public long Value { get; } = Value >= 0
        ? Value
        : throw new ArgumentOutOfRangeException(nameof(Value), Value, "An order id is not negative.");

    public bool IsNone => Value == 0;

    public DateOnly Day => FirstDay.AddDays((int)(Value >> SequenceBits));

    public long Sequence => Value & MaximumSequence;

    /// <summary>The id of an order. Sequences begin at 1: 0 is left to the bound of the day's partition.</summary>
    public static OrderId Create(DateOnly day, long sequence)
    {
        if (sequence is < 1 or > MaximumSequence)
        {
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"A sequence is between 1 and {MaximumSequence}.");
        }

        return new OrderId(FirstOf(day).Value | sequence);
    }

    /// <summary>Not above any id of the day and above every id of the day before: a partition's bound.</summary>
    public static OrderId FirstOf(DateOnly day)
    {
        if (day < FirstDay || day > LastDay)
        {
            throw new ArgumentOutOfRangeException(nameof(day), day, $"A day is between {FirstDay:yyyy-MM-dd} and {LastDay:yyyy-MM-dd}.");
        }

        return new OrderId((long)(day.DayNumber - FirstDay.DayNumber) << SequenceBits);
    }

    public static bool operator <(OrderId left, OrderId right) => left.Value < right.Value;

    public static bool operator <=(OrderId left, OrderId right) => left.Value <= right.Value;

    public static bool operator >(OrderId left, OrderId right) => left.Value > right.Value;

    public static bool operator >=(OrderId left, OrderId right) => left.Value >= right.Value;

    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);

    public override string ToString() => IsNone ? "none" : $"{Day:yyyy-MM-dd}/{Sequence}";
}
