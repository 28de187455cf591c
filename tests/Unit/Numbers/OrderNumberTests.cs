using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

[Trait("Rule", "O1")]
public class OrderNumberTests
{
    [Theory]
    [InlineData(OrderLevel.Trade, 12345, "T202611200000012345")]
    [InlineData(OrderLevel.Payment, 1, "P202611200000000001")]
    [InlineData(OrderLevel.Instruction, 9_999_999_999, "I202611209999999999")]
    [InlineData(OrderLevel.InstitutionOrder, 10_000_000_000, "O2026112010000000000")]
    [InlineData(OrderLevel.Trade, OrderId.MaximumSequence, "T20261120140737488355327")]
    public void An_order_of_each_level_has_its_number(OrderLevel level, long sequence, string number)
    {
        var id = OrderId.Create(new DateOnly(2026, 11, 20), sequence);
        Assert.Equal(number, OrderNumber.Format(level, id));
        Assert.True(OrderNumber.TryParse(number, out var readLevel, out var readId));
        Assert.Equal((level, id), (readLevel, readId));
    }

    [Fact]
    public void Every_number_is_read_back_as_its_level_and_id() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<OrderLevel>()).ToArbitrary(), NumberGenerators.AnyOrderId.ToArbitrary(), (level, id) =>
            OrderNumber.TryParse(OrderNumber.Format(level, id), out var readLevel, out var readId)
            && readLevel == level && readId == id)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_accepted_is_the_one_spelling_of_its_order() =>
        Prop.ForAll(Damaged.ToArbitrary(), text =>
            !OrderNumber.TryParse(text, out var level, out var id) || OrderNumber.Format(level, id) == text)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("T20261120")]
    [InlineData("T20261120000012345")] // too short
    [InlineData("T2026112000000012345")] // a zero too many
    [InlineData("T202611200000000000")] // sequences begin at 1
    [InlineData("T20261120140737488355328")] // above 47 bits
    [InlineData("T20261120999999999999999")]
    [InlineData("T202611201407374883553270")]
    [InlineData("t202611200000012345")]
    [InlineData("X202611200000012345")]
    [InlineData("T202613200000012345")] // month 13
    [InlineData("T202602290000012345")] // not a leap year
    [InlineData("T201912310000012345")] // before the first day
    [InlineData("T219906070000012345")] // after the last day
    [InlineData("T000000000000012345")]
    [InlineData("T20261120000001234A")]
    [InlineData("T20261120-000012345")]
    [InlineData("T202611200000012345 ")]
    [InlineData(" T202611200000012345")]
    [InlineData("T20261120000001234５")]
    public void A_spelling_of_our_own_making_only_is_accepted(string text)
    {
        Assert.False(OrderNumber.TryParse(text, out _, out var id));
        Assert.True(id.IsNone);
    }

    [Fact]
    public void No_order_and_no_level_have_no_number()
    {
        Assert.Throws<ArgumentException>(() => OrderNumber.Format(OrderLevel.Trade, default));
        Assert.Throws<ArgumentException>(() => OrderNumber.Format(OrderLevel.Trade, OrderId.FirstOf(new DateOnly(2026, 11, 20))));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderNumber.Format((OrderLevel)4, OrderId.Create(OrderId.FirstDay, 1)));
    }

    [Fact]
    public void A_number_costs_one_string()
    {
        var id = OrderId.Create(new DateOnly(2026, 11, 20), 12345);
        OrderNumber.Format(OrderLevel.Trade, id);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var number = OrderNumber.Format(OrderLevel.Trade, id);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 22 + 2 * number.Length + 8);
    }

    private static Gen<string> Damaged { get; } =
        from id in NumberGenerators.AnyOrderId
        let number = OrderNumber.Format(OrderLevel.Trade, id)
        from at in Gen.Choose(0, number.Length - 1)
        from character in Gen.Elements("0123456789TPIOA- ".ToCharArray())
        from text in Gen.Elements(
            number.Remove(at, 1), number.Insert(at, character.ToString()), string.Concat(number.AsSpan(0, at), [character], number.AsSpan(at + 1)))
        select text;
}
