using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

[Trait("Rule", "O10")]
public class BlockSequenceTests
{
    [Fact]
    public void Without_a_block_there_is_no_number()
    {
        var sequence = new BlockSequence();
        Assert.False(sequence.TryNext(out _));
        Assert.False(sequence.TryTake(1, out _));
        Assert.Equal(0, sequence.Remaining);
    }

    [Fact]
    public void Blocks_are_handed_out_in_order_and_to_their_end()
    {
        var sequence = new BlockSequence();
        sequence.Add(10, 12);
        sequence.Add(50, 51);

        Assert.Equal(3, sequence.Remaining);
        Assert.Equal([10, 11, 50], Drain(sequence));
        Assert.Equal(0, sequence.Remaining);
    }

    [Fact]
    public void Numbers_in_a_row_come_from_one_block_and_its_leftover_is_not_lost()
    {
        var sequence = new BlockSequence();
        sequence.Add(10, 13);
        sequence.Add(50, 60);

        Assert.True(sequence.TryTake(5, out var first));
        Assert.Equal(50, first);
        Assert.False(sequence.TryTake(6, out _));
        Assert.Equal(8, sequence.Remaining);
        Assert.True(sequence.TryTake(3, out first));
        Assert.Equal(10, first);
        Assert.Equal([55, 56, 57, 58, 59], Drain(sequence));
    }

    [Fact]
    public void The_last_numbers_there_are_can_be_taken()
    {
        var sequence = new BlockSequence();
        sequence.Add(long.MaxValue - 2, long.MaxValue);
        Assert.False(sequence.TryTake(int.MaxValue, out _));
        Assert.Equal([long.MaxValue - 2, long.MaxValue - 1], Drain(sequence));
        Assert.False(sequence.TryNext(out _));
    }

    [Fact]
    public void A_block_that_is_here_already_is_refused()
    {
        var sequence = new BlockSequence();
        sequence.Add(10, 20);
        Assert.True(sequence.TryTake(10, out _));
        Assert.Throws<ArgumentException>(() => sequence.Add(10, 20));
        Assert.Throws<ArgumentException>(() => sequence.Add(19, 30));
        Assert.Throws<ArgumentException>(() => sequence.Add(5, 11));
        sequence.Add(20, 21);
        sequence.Add(9, 10);
        Assert.Equal([20, 9], Drain(sequence));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 9)]
    [InlineData(-1, 10)]
    public void What_is_not_a_block_is_refused(long from, long to) =>
        Assert.ThrowsAny<ArgumentException>(() => new BlockSequence().Add(from, to));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Less_than_one_number_cannot_be_taken(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockSequence().TryTake(count, out _));

    [Fact]
    public void Leftovers_do_not_pile_up_and_the_shortest_is_given_up_first()
    {
        var sequence = new BlockSequence();
        for (var block = 0; block < 10 * BlockSequence.MaximumBlocks; block++)
        {
            sequence.Add(block * 100, block * 100 + 100);
            Assert.True(sequence.TryTake(60, out _));
        }

        Assert.Equal(40 * BlockSequence.MaximumBlocks, sequence.Remaining);
        Assert.Equal(40 * BlockSequence.MaximumBlocks, Drain(sequence).Distinct().Count());
    }

    private static List<long> Drain(BlockSequence sequence)
    {
        var values = new List<long>();
        while (sequence.TryNext(out var value))
        {
            values.Add(value);
        }

        return values;
    }
}
