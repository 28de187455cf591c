using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Codes;

/// <summary>No character of an institution keeps the database from writing down what it said.</summary>
public sealed class StorableTextTests
{
    private const string Bad = "a\0b\ud800";
    private const string Good = "a\ufffdb\ufffd";

    [Fact]
    public void whatever_an_institution_says_can_be_written_down()
    {
        var amount = new Money(1_000, Currency.Parse("CNY"));
        Assert.Equal(new ChannelOutcome.Succeeded(amount, Good, Good), StorableText.Of(new ChannelOutcome.Succeeded(amount, Bad, Bad)));
        Assert.Equal(new ChannelOutcome.Accepted(Good, Good), StorableText.Of(new ChannelOutcome.Accepted(Bad, Bad)));
        Assert.Equal(new ChannelOutcome.Accepted(null, Good), StorableText.Of(new ChannelOutcome.Accepted(null, Bad)));
        Assert.Equal(new ChannelOutcome.Failed(Good, Good, Closed: true), StorableText.Of(new ChannelOutcome.Failed(Bad, Bad, Closed: true)));
        Assert.Equal(new ChannelOutcome.NotKnown(Good), StorableText.Of(new ChannelOutcome.NotKnown(Bad)));
        Assert.Equal(new ChannelOutcome.NotSent(Good), StorableText.Of(new ChannelOutcome.NotSent(Bad)));
        Assert.Equal(
            new ChannelOutcome.Unknown(Good, new UnmappedCode(ChannelInterface.Pay, Good, Good, Good)),
            StorableText.Of(new ChannelOutcome.Unknown(Bad, new UnmappedCode(ChannelInterface.Pay, Bad, Bad, Bad))));
    }

    /// <summary>Not as inline data, which cannot hold half a character.</summary>
    [Fact]
    public void each_character_that_cannot_be_is_replaced_also_alone() =>
        Assert.Equal(["a\ufffdb", "b\ufffd", "\ufffd"], new[] { "a\0b", "b\ud800", "\udc00" }.Select(StorableText.Of));

    [Theory]
    [InlineData("")]
    [InlineData("SUCCESS")]
    [InlineData("成功 \ud83d\ude00")]
    public void what_can_be_written_down_is_left_as_it_is(string text) => Assert.Equal(text, StorableText.Of(text));
}
