using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

public class MoneyArithmeticTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");
    private static readonly Currency Dollar = Currency.Parse("USD");

    [Fact]
    public void Amounts_of_one_currency_add_subtract_and_compare()
    {
        var ten = new Money(1000, Yuan);
        var cent = new Money(1, Yuan);

        Assert.Equal(new Money(1001, Yuan), ten + cent);
        Assert.Equal(new Money(999, Yuan), ten - cent);
        Assert.Equal(new Money(-1000, Yuan), -ten);
        Assert.True(cent < ten && cent <= ten && ten > cent && ten >= cent);
        Assert.True(ten.IsPositive && (-ten).IsNegative && (ten - ten).IsZero);
        Assert.Equal(Money.Zero(Yuan), ten - ten);
    }

    [Fact]
    public void Sums_are_exact_or_overflow_and_nothing_in_between() =>
        Prop.ForAll(MoneyGenerators.AnyMinor.ToArbitrary(), MoneyGenerators.AnyMinor.ToArbitrary(), (left, right) =>
            Exact((Int128)left + right, () => new Money(left, Yuan) + new Money(right, Yuan))
            && Exact((Int128)left - right, () => new Money(left, Yuan) - new Money(right, Yuan))
            && Exact(-(Int128)left, () => -new Money(left, Yuan))
            && new Money(left, Yuan).CompareTo(new Money(right, Yuan)) == left.CompareTo(right))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_currencies_never_meet_in_arithmetic() => RefusesToReckon(new Money(1, Yuan), new Money(1, Dollar));

    [Fact]
    public void Without_a_currency_there_is_no_arithmetic() => RefusesToReckon(default, default);

    [Fact]
    public void An_amount_with_a_currency_does_not_meet_one_without() => RefusesToReckon(Money.Zero(Yuan), default);

    [Fact]
    public void An_amount_without_currency_cannot_be_negated() =>
        Assert.Throws<InvalidOperationException>(() => -default(Money));

    [Fact]
    public void Amounts_of_different_currencies_are_unequal_without_an_exception() =>
        Assert.NotEqual(new Money(1, Yuan), new Money(1, Dollar));

    private static void RefusesToReckon(Money left, Money right)
    {
        Assert.Throws<InvalidOperationException>(() => left + right);
        Assert.Throws<InvalidOperationException>(() => left - right);
        Assert.Throws<InvalidOperationException>(() => left < right);
        Assert.Throws<InvalidOperationException>(() => left <= right);
        Assert.Throws<InvalidOperationException>(() => left > right);
        Assert.Throws<InvalidOperationException>(() => left >= right);
        Assert.Throws<InvalidOperationException>(() => left.CompareTo(right));
    }

    private static bool Exact(Int128 expected, Func<Money> reckoning)
    {
        try
        {
            return reckoning().Minor == expected;
        }
        catch (OverflowException)
        {
            return expected < long.MinValue || expected > long.MaxValue;
        }
    }
}
