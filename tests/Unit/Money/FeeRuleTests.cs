using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

public class FeeRuleTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");

    [Theory]
    [InlineData(8800, 6_000, 0, null, null, 53)] // 52.8
    [InlineData(10_000, 6_000, 0, null, null, 60)]
    [InlineData(250, 6_000, 0, null, null, 2)] // 1.5: half goes up
    [InlineData(249, 6_000, 0, null, null, 1)] // 1.494
    [InlineData(1, 500_000, 0, null, null, 1)] // 0.5
    [InlineData(1, 499_999, 0, null, null, 0)]
    [InlineData(1, 1_000_000, 0, null, null, 1)]
    [InlineData(10_000, 0, 0, null, null, 0)]
    [InlineData(10_000, 0, 50, null, null, 50)]
    [InlineData(10_000, 6_000, 50, null, null, 110)]
    [InlineData(10_000, 6_000, 0, 100L, null, 100)] // raised to the minimum
    [InlineData(100_000, 6_000, 0, 100L, null, 600)]
    [InlineData(100_000, 6_000, 0, null, 500L, 500)] // lowered to the maximum
    [InlineData(100_000, 6_000, 50, null, 500L, 500)]
    [InlineData(100_000, 6_000, 0, 300L, 300L, 300)]
    [InlineData(100_000, 6_000, 0, null, 0L, 0)]
    [InlineData(30, 6_000, 0, 100L, null, 30)] // never above the amount
    [InlineData(30, 0, 50, null, null, 30)]
    [InlineData(0, 6_000, 50, 100L, null, 0)]
    [InlineData(long.MaxValue, 1_000_000, long.MaxValue, null, null, long.MaxValue)]
    [InlineData(long.MaxValue, 500_000, 0, null, null, 4_611_686_018_427_387_904)]
    public void A_fee_is_rate_plus_fixed_part_within_its_bounds(long gross, int rate, long fixedPart, long? minimum, long? maximum, long fee) =>
        Assert.Equal(new Money(fee, Yuan), new FeeRule(rate, fixedPart, minimum, maximum).Of(new Money(gross, Yuan)));

    [Fact]
    public void A_fee_agrees_with_unlimited_arithmetic_and_stays_between_zero_and_the_amount() =>
        Prop.ForAll(AnyRule.ToArbitrary(), AnyGross.ToArbitrary(), (rule, gross) =>
        {
            var fee = rule.Of(gross);
            return fee.Minor == Expected(rule, gross.Minor)
                && fee.Minor >= 0 && fee <= gross && fee.Currency == gross.Currency;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 0, null, null)]
    [InlineData(1_000_001, 0, null, null)]
    [InlineData(0, -1, null, null)]
    [InlineData(0, 0, -1L, null)]
    [InlineData(0, 0, null, -1L)]
    [InlineData(0, 0, 100L, 99L)]
    public void A_rule_that_cannot_be_is_refused(int rate, long fixedPart, long? minimum, long? maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeRule(rate, fixedPart, minimum, maximum));

    [Fact]
    public void No_fee_is_charged_on_a_negative_amount_or_on_none_of_any_currency()
    {
        var rule = new FeeRule(6_000, 0, null, null);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Of(new Money(-1, Yuan)));
        Assert.Throws<InvalidOperationException>(() => rule.Of(default));
    }

    private static Gen<Money> AnyGross { get; } =
        from money in MoneyGenerators.AnyMoney select money with { Minor = money.Minor & long.MaxValue };

    private static Gen<FeeRule> AnyRule { get; } =
        from rate in Gen.OneOf(Gen.Choose(0, 20_000), Gen.Choose(0, 1_000_000))
        from fixedPart in Gen.OneOf(Gen.Constant(0L), LongGenerators.Between(0, 1_000), LongGenerators.Between(0, long.MaxValue))
        from minimum in Bound
        from maximum in Bound
        select new FeeRule(rate, fixedPart, minimum, maximum is null || maximum >= (minimum ?? 0) ? maximum : minimum);

    private static Gen<long?> Bound { get; } = Gen.OneOf(
        Gen.Constant<long?>(null),
        from value in Gen.OneOf(LongGenerators.Between(0, 1_000), LongGenerators.Between(0, long.MaxValue)) select (long?)value);

    private static BigInteger Expected(FeeRule rule, long gross)
    {
        var twice = 2 * (BigInteger)gross * rule.RatePpm;
        var fee = (twice + 1_000_000) / 2_000_000 + rule.FixedMinor;
        fee = BigInteger.Max(fee, rule.MinimumMinor ?? 0);
        fee = rule.MaximumMinor is { } maximum ? BigInteger.Min(fee, maximum) : fee;
        return BigInteger.Min(fee, gross);
    }
}
