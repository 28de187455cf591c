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

    public static Gen<NumberRule> AnyRule { get; } =
        from alphabet in Gen.Elements(NumberAlphabet.Digits, NumberAlphabet.Alphanumeric)
        from prefix in Gen.NonEmptyListOf(Gen.Elements((alphabet == NumberAlphabet.Digits ? "0123" : "01AZ").ToCharArray()))
        let kept = string.Concat(prefix.Take(4))
        from date in Gen.Elements(DateStyle.FullYear, DateStyle.ShortYear)
        let taken = kept.Length + (date == DateStyle.FullYear ? 8 : 6)
        from length in Gen.Choose(taken + NumberRule.MinimumSequenceLength, NumberRule.MaximumLength)
        from isFixed in Gen.Elements(true, false)
        select new NumberRule(kept, date, alphabet, length, isFixed);

    /// <summary>Sequences of every length up to the last, with both ends.</summary>
    public static Gen<long> AnySequence(long last) => Gen.OneOf(
        LongGenerators.Between(1, Math.Min(last, 1_000)),
        from value in LongGenerators.Between(1, last) from shift in Gen.Choose(0, 46) select Math.Max(1, value >> shift),
        Gen.Elements(1, last - 1, last));

    private static Gen<DateOnly> Days(DateOnly first, DateOnly last) =>
        from day in Gen.Choose(first.DayNumber, last.DayNumber) select DateOnly.FromDayNumber(day);
}
