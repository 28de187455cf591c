using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;

namespace PaymentEngine.Tests.Unit;

internal static class MoneyGenerators
{
    public static Gen<Currency> AnyCurrency { get; } = Gen.Elements(Currency.All.ToArray());

    /// <summary>Small amounts, amounts of every length, and both ends.</summary>
    public static Gen<long> AnyMinor { get; } = Gen.OneOf(
        LongGenerators.Between(-1_000, 1_000),
        from value in LongGenerators.Between(long.MinValue, long.MaxValue) from shift in Gen.Choose(0, 62) select value >> shift,
        Gen.Elements(long.MinValue, long.MinValue + 1, long.MaxValue - 1, long.MaxValue));

    public static Gen<Money> AnyMoney { get; } =
        from minor in AnyMinor from currency in AnyCurrency select new Money(minor, currency);
}
