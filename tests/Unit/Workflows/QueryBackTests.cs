using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class QueryBackTests
{
    [Fact]
    [Trait("Rule", "C12")]
    public void a_time_out_is_queried_until_the_institution_says_what_happened_C12()
    {
        var journey = Journey.Started().Answer(Silence);
        Assert.Equal("Paying Processing Processing Unknown", journey.States);

        journey.Query(Silence).Query(NotSent);
        Assert.Equal("Unknown", journey.Order.State);
        Assert.Equal(2, journey.Order.Queries);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Query(Yes).States);
        Assert.Single(journey.Sent);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void online_banking_is_asked_at_10_15_25_40_and_60_minutes_C12()
    {
        var journey = Journey.Started();
        var started = journey.Now;
        var ages = new List<double>();

        journey.Answer(Silence);
        for (var round = 0; round < 5; round++)
        {
            journey.Query(Silence);
            ages.Add((journey.Now - started).TotalMinutes);
        }

        Assert.Equal([10, 15, 25, 40, 60], ages);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void after_the_last_round_a_person_looks_and_nothing_has_failed_C12()
    {
        var journey = Journey.Started().Answer(Silence);
        var started = journey.Now;
        while (journey.TimerIn(journey.Order, TimerKind.Query) is not null)
        {
            journey.Query(Silence);
        }

        Assert.Equal(TimeSpan.FromHours(26), journey.Now - started);
        Assert.Equal("Paying Processing Processing OnWorkList", journey.States);
        Assert.Contains("no result after 18 rounds", journey.WorkList[journey.Order.Id]);
        Assert.Empty(journey.Timers);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Wait(TimeSpan.FromDays(2)).Callback(Yes).States);
        Assert.Empty(journey.WorkList);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void an_order_that_was_forgotten_for_days_is_asked_at_most_twice_before_a_person_looks_C12()
    {
        var journey = Journey.Started().Answer(Silence).Wait(TimeSpan.FromDays(3));

        journey.Query(Silence);
        Assert.Equal(TimeSpan.Zero, journey.TimerIn(journey.Order, TimerKind.Query));

        journey.Query(Silence);
        Assert.Equal("OnWorkList", journey.Order.State);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void a_callback_five_hours_late_completes_the_order_and_cancels_the_pending_query_C12()
    {
        var journey = Journey.Started().Answer(Later);
        Assert.Equal("Accepted", journey.Order.State);
        Assert.Equal("ref-1", journey.Order.InstitutionRef);

        journey.Wait(TimeSpan.FromHours(5)).Callback(Yes);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    public void a_callback_may_come_before_the_answer_to_the_send()
    {
        var journey = Journey.Started().Callback(Yes);
        var steps = journey.History.Count;

        journey.Answer(Silence).Answer(Later).Answer(Yes).Callback(Yes);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
        Assert.Equal(steps, journey.History.Count);
    }

    [Fact]
    public void what_was_accepted_stays_accepted_however_unclear_the_next_answers_are()
    {
        var journey = Journey.Started(FakeWorld.WithoutPromise()).Answer(Later).Query(Silence).Query(NotKnown);

        Assert.Equal("Accepted", journey.Order.State);
        Assert.Equal(2, journey.Order.Queries);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    public void a_send_nobody_reported_back_is_found_by_its_timer()
    {
        var journey = Journey.Started();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Query(Yes).States);
    }

    [Fact]
    public void a_query_that_comes_too_early_is_put_off_until_the_call_is_over()
    {
        var impatient = new FakeWorld { Channel = new FakeWorld().Channel with { SendWindow = TimeSpan.FromMinutes(11) } };

        var journey = Journey.Started(impatient);

        Assert.Equal(TimeSpan.FromMinutes(11), journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Theory]
    [InlineData(87_99)]
    [InlineData(88_01)]
    public void an_amount_that_differs_is_not_a_success_but_a_difference(long executed)
    {
        var journey = Journey.Started().Answer(Executed(Journey.Price with { Minor = executed }));

        Assert.Equal("Paying Processing Processing Unknown", journey.States);
        Assert.Equal("amount_differs", Assert.Single(journey.Differences).Kind);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
        Assert.Empty(journey.Postings);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_failure_after_success_changes_nothing_and_opens_a_difference_C15()
    {
        var journey = Journey.Started().Answer(Yes).Callback(No);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
        Assert.Equal(new Difference(journey.Order.Id, "contradiction", "failed after success: 51: insufficient funds"),
            Assert.Single(journey.Differences));
        Assert.Equal("InstitutionFailed", journey.History[^1].Event);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_success_after_failure_changes_nothing_and_opens_a_difference_C15()
    {
        var journey = Journey.Started().Answer(No).Callback(Yes);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal(new Difference(journey.Order.Id, "contradiction", "success after failure: 88.00 CNY"), journey.Differences[0]);
    }

    [Theory]
    [MemberData(nameof(NewsThatProvesNothing))]
    public void only_a_query_may_say_that_a_number_is_not_known(ChannelOutcome outcome)
    {
        var journey = Journey.Started().Callback(outcome);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Single(journey.Sent);
    }

    public static TheoryData<ChannelOutcome> NewsThatProvesNothing() => [NotKnown, NotSent, Silence];
}
