using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using Xunit;

namespace PaymentEngine.Tests.Unit.QueryBack;

/// <summary>When a bank that sleeps is asked, by the clocks of Shanghai.</summary>
[Trait("Rule", "C12")]
public sealed class AnswerHoursTests
{
    private static readonly BusinessCalendar Shanghai = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    private static readonly QueryPlan ByDay = QueryPlan.OnlineBanking with { Hours = Hours("06:30", "23:00") };

    private static readonly QueryPlan ByNight = QueryPlan.OnlineBanking with { Hours = Hours("22:00", "04:00") };

    [Theory]
    [InlineData("06:30", "23:00", "20 06:30", "20 06:30")]
    [InlineData("06:30", "23:00", "20 22:59", "20 22:59")]
    [InlineData("06:30", "23:00", "20 23:00", "21 06:30")]
    [InlineData("06:30", "23:00", "21 00:10", "21 06:30")]
    [InlineData("06:30", "23:00", "21 06:29", "21 06:30")]
    [InlineData("22:00", "04:00", "20 23:59", "20 23:59")]
    [InlineData("22:00", "04:00", "21 03:59", "21 03:59")]
    [InlineData("22:00", "04:00", "21 04:00", "21 22:00")]
    [InlineData("22:00", "04:00", "21 12:00", "21 22:00")]
    [InlineData("00:00", "06:00", "21 06:00", "22 00:00")]
    public void a_question_outside_the_hours_waits_for_the_next_opening_C12(string from, string to, string wanted, string asked) =>
        Assert.Equal(At(asked), Hours(from, to).Opening(At(wanted)));

    [Fact]
    public void an_order_within_the_hours_is_asked_about_at_the_usual_ages_C12() =>
        Assert.Equal(["10:10", "10:15", "10:25", "10:40", "11:00"], Rounds(ByDay, "20 10:00").Take(5).Select(Clock));

    [Fact]
    public void rounds_of_the_night_are_one_round_at_the_opening_C12() =>
        Assert.Equal(["22:55", "06:30", "07:45"], Rounds(ByDay, "20 22:45").Take(3).Select(Clock));

    [Fact]
    public void hours_across_midnight_are_one_stretch_C12() =>
        Assert.Equal(["23:55", "00:00", "00:10", "00:25", "00:45", "02:45", "22:00"], Rounds(ByNight, "20 23:45").Take(7).Select(Clock));

    [Fact]
    public void every_round_of_a_sleeping_bank_is_within_its_hours_and_later_than_the_one_before_C12()
    {
        for (var minute = 0; minute < 24 * 60; minute += 7)
        {
            var rounds = Rounds(ByDay, At("20 00:00").AddMinutes(minute)).ToList();
            Assert.All(rounds, at => Assert.Equal(at, ByDay.Hours!.Opening(at)));
            Assert.Equal(rounds.Distinct().Order(), rounds);
        }
    }

    [Theory]
    [InlineData("20 10:00", "21 09:30")]
    [InlineData("20 00:00", "21 09:30")]
    [InlineData("20 23:59", "21 09:30")]
    [InlineData("21 00:00", "22 09:30")]
    public void the_last_round_is_on_the_next_business_day_at_its_time_C12(string sent, string last)
    {
        var plan = QueryPlan.OnlineBanking with { LastRound = new NextDayRound(TimeOnly.Parse("09:30"), Shanghai) };
        Assert.Equal(At(last), Rounds(plan, sent).Last());
    }

    [Fact]
    public void an_order_of_shortly_before_midnight_has_its_window_before_an_early_last_round_C12()
    {
        var plan = QueryPlan.OnlineBanking with { LastRound = new NextDayRound(TimeOnly.Parse("00:10"), Shanghai) };
        Assert.Equal(["00:05", "00:10", "00:20", "00:35", "00:55"], Rounds(plan, "20 23:55").Select(Clock));
    }

    [Fact]
    public void a_last_round_while_the_bank_sleeps_waits_for_its_opening_and_is_asked_once_C12()
    {
        var plan = ByDay with { LastRound = new NextDayRound(TimeOnly.Parse("05:00"), Shanghai) };
        Assert.Equal([At("20 21:00"), At("21 06:30")], Rounds(plan, "20 20:00").TakeLast(2));
    }

    [Fact]
    public void a_last_round_that_was_slept_through_is_asked_when_the_bank_answers_again_C12() =>
        Assert.Equal(At("26 06:30"), ByDay.Next(At("20 10:00"), 3, At("25 23:30"))!.Value.At);

    [Fact]
    public void a_plan_is_chosen_by_method_and_direction_and_else_by_direction_alone_C12()
    {
        var (any, wallet, refund) = (QueryPlan.OnlineBanking, ByDay, ByNight);
        var plans = new QueryPlans(
            [(null, PaymentKind.Payment, any), (PaymentMethod.Wallet, PaymentKind.Payment, wallet), (null, PaymentKind.Refund, refund)]);

        Assert.Same(any, plans.For(PaymentMethod.Quick, PaymentKind.Payment));
        Assert.Same(wallet, plans.For(PaymentMethod.Wallet, PaymentKind.Payment));
        Assert.Same(refund, plans.For(PaymentMethod.Wallet, PaymentKind.Refund));
        Assert.Same(QueryPlan.OnlineBanking, new QueryPlans([]).For(PaymentMethod.Quick, PaymentKind.Payment));
    }

    /// <summary>Asks at each moment that the plan names, always on time, until only a person can help.</summary>
    private static IEnumerable<DateTimeOffset> Rounds(QueryPlan plan, DateTimeOffset sent)
    {
        var now = sent;
        for (var done = 0; plan.Next(sent, done, now) is { } round; done = round.Round + 1)
        {
            now = round.At;
            yield return now;
        }
    }

    private static IEnumerable<DateTimeOffset> Rounds(QueryPlan plan, string sent) => Rounds(plan, At(sent));

    private static AnswerHours Hours(string from, string to) => new(TimeOnly.Parse(from), TimeOnly.Parse(to), Shanghai);

    private static DateTimeOffset At(string dayAndTime) => DateTimeOffset.Parse($"2026-11-{dayAndTime}+08:00");

    private static string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Shanghai.Zone).ToString("HH:mm");
}
