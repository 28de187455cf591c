using PaymentEngine.Routing.Conditions;
using Xunit;

namespace PaymentEngine.Tests.Unit.Conditions;

/// <summary>+ is a success, - a failure of the channel.</summary>
[Trait("Rule", "C6")]
public sealed class HealthStepsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("-", -1)]
    [InlineData("+", 0)]
    [InlineData("++++-", -1)]
    [InlineData("---+", -2)]
    [InlineData("---++++", 0)]
    [InlineData("----------", -10)]
    [InlineData("-----------", -11)]
    [InlineData("--------------------", -20)]
    [InlineData("-------------------------", -20)]
    [InlineData("-------------------------+", -19)]
    public void every_step_is_held_between_0_and_minus_20_C6(string results, int health) => Assert.Equal(health, Of(results).From(0));

    [Theory]
    [InlineData("+++++", "---", -3)]
    [InlineData("-----", "+++++++-", -1)]
    [InlineData("------------", "------------++", -18)]
    [InlineData("---", "", -3)]
    [InlineData("", "--", -2)]
    public void what_two_nodes_counted_adds_up_as_if_one_had_seen_it_all_C6(string one, string other, int health)
    {
        Assert.Equal(health, Of(other).From(Of(one).From(0)));
        Assert.Equal(health, Of(one).Then(Of(other)).From(0));
    }

    [Fact]
    public void steps_put_together_do_what_they_do_one_by_one_from_wherever_they_begin_C6()
    {
        var dice = new Random(4711);
        for (var round = 0; round < 2_000; round++)
        {
            var results = string.Concat(Enumerable.Range(0, dice.Next(60)).Select(_ => dice.Next(100) < round % 100 ? '+' : '-'));
            var cut = dice.Next(results.Length + 1);
            var together = Of(results[..cut]).Then(Of(results[cut..]));
            for (var health = HealthSteps.Worst; health <= HealthSteps.Best; health++)
            {
                Assert.Equal(OneByOne(results, health), together.From(health));
            }
        }
    }

    private static int OneByOne(string results, int health) =>
        results.Aggregate(health, (before, result) => Math.Clamp(before + (result == '+' ? 1 : -1), -20, 0));

    private static HealthSteps Of(string results) =>
        results.Aggregate(HealthSteps.None, (steps, result) => steps.Then(result == '+' ? HealthSteps.Success : HealthSteps.Failure));
}
