using PaymentEngine.Core.QueryBack;
using Xunit;

namespace PaymentEngine.Tests.Unit.QueryBack;

[Trait("Rule", "C12")]
public sealed class QueryPlanTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly QueryPlan Fixed = QueryPlan.OnlineBanking with { Strategy = QueryStrategy.Fixed };

    [Fact]
    public void online_banking_asks_at_the_ages_10_15_25_40_60_C12() =>
        Assert.Equal([10, 15, 25, 40, 60], Ages(QueryPlan.OnlineBanking).Take(5));

    [Fact]
    public void after_the_window_it_asks_slowly_and_once_more_on_the_next_day_C12() =>
        Assert.Equal([3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 26], Ages(QueryPlan.OnlineBanking).Skip(5).Select(age => age / 60));

    [Fact]
    public void the_fixed_strategy_asks_every_period_of_the_window_C12() =>
        Assert.Equal([10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 180], Ages(Fixed).Take(12));

    [Fact]
    public void a_last_round_that_coincides_with_a_slow_one_is_asked_once_C12() =>
        Assert.Equal([23, 25], Ages(QueryPlan.OnlineBanking with { LastAge = TimeSpan.FromHours(25) }).TakeLast(2).Select(age => age / 60));

    [Theory]
    [InlineData(0, 0, 0, 10)]
    [InlineData(0, 9, 0, 10)]
    [InlineData(1, 10, 1, 15)]
    [InlineData(0, 30, 3, 40)]
    [InlineData(5, 60, 5, 180)]
    public void rounds_that_were_slept_through_are_not_caught_up_C12(int done, int ageNow, int round, int age) =>
        Assert.Equal((round, Sent.AddMinutes(age)), QueryPlan.OnlineBanking.Next(Sent, done, Sent.AddMinutes(ageNow)));

    [Fact]
    public void the_last_round_is_asked_even_when_its_moment_was_slept_through_C12()
    {
        var late = Sent.AddDays(3);

        Assert.Equal((17, late), QueryPlan.OnlineBanking.Next(Sent, 4, late));
        Assert.Null(QueryPlan.OnlineBanking.Next(Sent, 18, late));
    }

    private static IEnumerable<double> Ages(QueryPlan plan)
    {
        for (var round = 0; plan.MomentOf(round, Sent) is { } moment; round++)
        {
            yield return (moment - Sent).TotalMinutes;
        }
    }
}
