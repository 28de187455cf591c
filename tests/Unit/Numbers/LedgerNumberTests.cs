using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

/// <summary>What the ledger has of its own is numbered as orders are, and never taken for one.</summary>
public sealed class LedgerNumberTests
{
    private static readonly OrderId Id = OrderId.Create(new DateOnly(2026, 11, 20), 12_345);

    [Fact]
    public void each_has_a_letter_of_its_own()
    {
        Assert.Equal(
            ("L202611200000012345", "A202611200000012345", "C202611200000012345", "H202611200000012345", "202611200000012345"),
            (LedgerNumber.OfPosting(Id), LedgerNumber.OfAdjustment(Id), LedgerNumber.OfChange(Id), LedgerNumber.OfHold(Id), LedgerNumber.OfItem(Id)));
        Assert.True(LedgerNumber.TryChange("C202611200000012345", out var change) && change == Id);
        Assert.False(LedgerNumber.TryChange("A202611200000012345", out _));
        Assert.True(LedgerNumber.TryPosting("L202611200000012345", out var posting) && posting == Id);
        Assert.False(LedgerNumber.TryPosting("A202611200000012345", out _));
        Assert.False(LedgerNumber.TryAdjustment("T202611200000012345", out _));
        Assert.False(OrderNumber.TryParse("L202611200000012345", out _, out _));
    }

    [Theory]
    [InlineData("202611200000012345")]
    [InlineData("P202611200000012345")]
    [InlineData("L202611200000012345")]
    public void an_item_is_known_by_the_number_of_its_order(string number) => Assert.True(LedgerNumber.TryItem(number, out var item) && item == Id);

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("20261120000001234")]
    [InlineData("PP202611200000012345")]
    [InlineData("x202611200000012345")]
    [InlineData("202613200000012345")]
    public void what_is_no_number_is_none(string number) => Assert.False(LedgerNumber.TryItem(number, out _));
}
