using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>Which open items may be touched by hand: what nothing else will clear, and no more than is open of it.</summary>
[Trait("Rule", "A9")]
[Trait("Rule", "A10")]
public sealed class ItemCheckTests
{
    private const string Transit = "transit";

    private static readonly OrderId Item = OrderId.Create(new DateOnly(2026, 11, 20), 7);

    [Theory]
    [InlineData(300, -300, null)]
    [InlineData(300, -299, null)]
    [InlineData(300, 10, null)]
    [InlineData(300, -301, "item_not_open")]
    [InlineData(-300, 300, null)]
    [InlineData(-300, 301, "item_not_open")]
    [InlineData(0, -1, "item_not_open")]
    [InlineData(0, 1, "item_not_open")]
    [InlineData(null, -1, null)]
    public void no_more_is_cleared_than_is_open_A9(int? open, long minor, string? code) =>
        Assert.Equal(code, Warning(new ItemStanding(open, IsUnderWay: false, IsKnown: true), side: null, minor)?.Code);

    [Fact]
    public void an_item_whose_order_is_under_way_is_left_to_it_A9()
    {
        var item = new ItemStanding(300, IsUnderWay: true, IsKnown: true);

        Assert.Equal(ItemChecks.UnderWay, Warning(item, side: null, -300)?.Code);
        Assert.Equal(ItemChecks.UnderWay, Warning(item, side: 1, -300)?.Code);
        Assert.Equal(ItemChecks.UnderWay, Warning(item with { Open = null }, side: null, -300)?.Code);
    }

    [Theory]
    [InlineData(1, 0, 300, null)]
    [InlineData(1, 0, -300, "item_not_open")]
    [InlineData(1, 300, -300, null)]
    [InlineData(1, 200, -300, "item_not_open")]
    [InlineData(1, 200, 100, null)]
    [InlineData(1, -200, 300, null)]
    [InlineData(1, -200, -100, "item_not_open")]
    [InlineData(-1, 0, -300, null)]
    [InlineData(-1, 0, 300, "item_not_open")]
    [InlineData(-1, -300, 300, null)]
    public void what_takes_a_posting_back_opens_an_item_again_on_the_side_that_it_had_A9(int side, int open, long minor, string? code) =>
        Assert.Equal(code, Warning(new ItemStanding(open, IsUnderWay: false, IsKnown: true), side, minor)?.Code);

    [Fact]
    public void legs_of_one_item_count_together_and_the_first_is_named_A9()
    {
        var item = new ItemStanding(300, IsUnderWay: false, IsKnown: true);

        Assert.Null(Warning(item, side: null, -400, 100));
        Assert.Equal("legs[1]", Warning(item, side: null, -200, -200)?.Field);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void the_number_of_nothing_is_a_fault_A10(bool known)
    {
        var faults = ItemChecks.Faults(Legs(-300), Items(new ItemStanding(0, IsUnderWay: false, known)));
        Assert.Equal(known ? [] : [("legs[1]", "item_unknown")], faults.Select(fault => (fault.Field, fault.Code)));
    }

    [Fact]
    public void an_account_that_is_not_there_is_another_check_A10() =>
        Assert.Empty(ItemChecks.Faults(Legs(-300), new Dictionary<(string, OrderId), ItemStanding>()));

    private static ContentFinding? Warning(ItemStanding item, int? side, params long[] minors) => ItemChecks.Warnings(
        Legs(minors), Items(item), side is { } sign ? new Dictionary<(string, OrderId), int> { [(Transit, Item)] = sign } : null).SingleOrDefault();

    private static RequestedLeg[] Legs(params long[] minors) =>
        [new("other", Amount(-minors.Sum())), .. minors.Select(minor => new RequestedLeg(Transit, Amount(minor), Item))];

    private static Dictionary<(string, OrderId), ItemStanding> Items(ItemStanding item) => new() { [(Transit, Item)] = item };

    private static Money Amount(long minor) => new(minor, Currency.Parse("CNY"));
}
