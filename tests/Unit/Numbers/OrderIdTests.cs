using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

[Trait("Rule", "O1")]
public class OrderIdTests
{
    [Fact]
    public void An_id_is_made_of_day_and_sequence()
    {
        var id = OrderId.Create(new DateOnly(2020, 1, 3), 5);
        Assert.Equal((2L << 47) | 5, id.Value);
        Assert.Equal(new DateOnly(2020, 1, 3), id.Day);
        Assert.Equal(5, id.Sequence);
        Assert.Equal("2020-01-03/5", id.ToString());
    }

    [Fact]
    public void Every_id_gives_its_day_and_sequence_back_and_sorts_by_them() =>
        Prop.ForAll(NumberGenerators.AnyOrderId.ToArbitrary(), NumberGenerators.AnyOrderId.ToArbitrary(), (one, other) =>
            OrderId.Create(one.Day, one.Sequence) == one
            && new OrderId(one.Value) == one
            && one.CompareTo(other) == (one.Day, one.Sequence).CompareTo((other.Day, other.Sequence))
            && (one < other) == (one.CompareTo(other) < 0) && (one <= other) == (one.CompareTo(other) <= 0)
            && (one > other) == (one.CompareTo(other) > 0) && (one >= other) == (one.CompareTo(other) >= 0))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_bounds_of_a_day_hold_exactly_the_ids_of_that_day() =>
        Prop.ForAll(NumberGenerators.AnyOrderId.ToArbitrary(), NumberGenerators.AnyDay.ToArbitrary(), (id, day) =>
            day < OrderId.FirstDay
            || (id >= OrderId.FirstOf(day) && id < OrderId.FirstOf(day.AddDays(1))) == (id.Day == day))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_id_is_the_largest_positive_number()
    {
        Assert.Equal(long.MaxValue, OrderId.Create(OrderId.LastDay, OrderId.MaximumSequence).Value);
        Assert.Equal(new DateOnly(2199, 6, 6), OrderId.LastDay);
    }

    [Fact]
    public void The_default_is_no_order()
    {
        Assert.True(default(OrderId).IsNone);
        Assert.Equal("none", default(OrderId).ToString());
        Assert.False(OrderId.Create(OrderId.FirstDay, 1).IsNone);
    }

    [Theory]
    [InlineData("2019-12-31", 1)]
    [InlineData("2199-06-07", 1)]
    [InlineData("2026-11-20", 0)]
    [InlineData("2026-11-20", -1)]
    [InlineData("2026-11-20", OrderId.MaximumSequence + 1)]
    public void What_does_not_fit_an_id_is_refused(string day, long sequence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderId.Create(DateOnly.Parse(day), sequence));

    [Fact]
    public void A_negative_number_is_not_an_id() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrderId(-1));
}
