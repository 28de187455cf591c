using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

/// <summary>How much of a fee goes back with each part of a payment.</summary>
[Trait("Rule", "O9")]
public sealed class FeeShareTests
{
    private static readonly Currency Cny = Currency.Parse("CNY");

    [Theory]
    [InlineData(53, 8_800, 0, 0, 8_800, 53)] // all of it
    [InlineData(53, 8_800, 0, 0, 4_400, 27)] // 26.5, half-up
    [InlineData(53, 8_800, 4_400, 27, 4_400, 26)] // the last has the rest
    [InlineData(53, 8_800, 0, 0, 83, 0)] // 0.4999
    [InlineData(53, 8_800, 0, 0, 84, 1)] // 0.506
    [InlineData(40, 100, 98, 39, 1, 1)] // 39.6 by now
    [InlineData(0, 8_800, 0, 0, 3_000, 0)]
    [InlineData(8_800, 8_800, 0, 0, 1, 1)] // a fee of everything
    [InlineData(53, 8_800, 3_000, 60 - 7, 1_000, 0)] // more than its share was given back with others: nothing is taken again
    public void a_part_has_its_share_half_up_and_the_last_the_rest_O9(
        long fee, long paid, long givenBack, long feeBack, long part, long expected) =>
        Assert.Equal(Minor(expected), FeeShare.Of(Minor(fee), Minor(paid), Minor(givenBack), Minor(feeBack), Minor(part)));

    [Theory]
    [InlineData(53, 100, 90, 50, 11)] // more than was paid
    [InlineData(53, 100, 0, 0, 0)]
    [InlineData(101, 100, 0, 0, 1)]
    [InlineData(10, 100, 0, 11, 1)]
    public void what_cannot_be_is_a_bug(long fee, long paid, long givenBack, long feeBack, long part) =>
        Assert.Throws<ArgumentException>(() => FeeShare.Of(Minor(fee), Minor(paid), Minor(givenBack), Minor(feeBack), Minor(part)));

    [Fact]
    public void a_payment_that_is_given_back_in_parts_gives_the_fee_back_exactly_and_never_more_O9()
    {
        var random = new Random(9);
        for (var run = 0; run < 20_000; run++)
        {
            var paid = random.NextInt64(1, run % 2 == 0 ? 200 : 1_000_000_000_000);
            var fee = random.NextInt64(0, paid + 1);
            var (givenBack, feeBack) = (0L, 0L);
            while (givenBack < paid)
            {
                var part = random.Next(4) == 0 ? paid - givenBack : random.NextInt64(1, paid - givenBack + 1);
                var share = FeeShare.Of(Minor(fee), Minor(paid), Minor(givenBack), Minor(feeBack), Minor(part)).Minor;
                Assert.InRange(share, 0, fee - feeBack);
                Assert.True(Int128.Abs(((Int128)share * paid) - ((Int128)fee * part)) <= paid, $"{share} of {fee} for {part} of {paid}");
                (givenBack, feeBack) = (givenBack + part, feeBack + share);
            }

            Assert.Equal(fee, feeBack);
        }
    }

    [Fact]
    public void parts_that_failed_are_given_back_again_with_what_is_left_of_the_fee_O9()
    {
        var random = new Random(10);
        for (var run = 0; run < 5_000; run++)
        {
            var paid = random.NextInt64(1, 10_000);
            var fee = random.NextInt64(0, paid + 1);
            var parts = new List<(long Amount, long Fee)>();
            while (parts.Sum(part => part.Amount) < paid)
            {
                var (givenBack, feeBack) = (parts.Sum(part => part.Amount), parts.Sum(part => part.Fee));
                var amount = random.NextInt64(1, paid - givenBack + 1);
                var share = FeeShare.Of(Minor(fee), Minor(paid), Minor(givenBack), Minor(feeBack), Minor(amount)).Minor;
                Assert.InRange(share, 0, fee - feeBack);
                parts.Add((amount, share));
                if (random.Next(3) == 0)
                {
                    parts.RemoveAt(random.Next(parts.Count));
                }
            }

            Assert.Equal(fee, parts.Sum(part => part.Fee));
        }
    }

    private static Money Minor(long minor) => new(minor, Cny);
}
