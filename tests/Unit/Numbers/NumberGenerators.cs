using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;

namespace PaymentEngine.Tests.Unit;

internal static class NumberGenerators
{
    public static Gen<OrderId> AnyOrderId { get; } =
        from day in Days(OrderId.FirstDay, OrderId.LastDay)
        from sequence in AnySequence(OrderId.MaximumSequence)
        select OrderId.Create(day, sequence);

    /// <summary>Days that every date style can write.</summary>
    public static Gen<DateOnly> AnyDay { get; } = Days(new DateOnly(2000, 1, 1), new DateOnly(2099, 12, 31));

    /// <summary>Sequences of every length up to the last, with both ends.</summary>
    public static Gen<long> AnySequence(long last) => Gen.OneOf(
        LongGenerators.Between(1, Math.Min(last, 1_000)),
        from value in LongGenerators.Between(1, last) from shift in Gen.Choose(0, 46) select Math.Max(1, value >> shift),
        Gen.Elements(1, last - 1, last));

    private static Gen<DateOnly> Days(DateOnly first, DateOnly last) =>
        from day in Gen.Choose(first.DayNumber, last.DayNumber) select DateOnly.FromDayNumber(day);
}
