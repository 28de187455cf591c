using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class ResendTests
{
    [Fact]
    [Trait("Rule", "C13")]
    public void an_order_the_institution_does_not_know_is_sent_again_with_its_number_C13()
    {
        var journey = Journey.Started().Answer(Silence).Query(NotKnown);

        Assert.Equal("Paying Processing Processing Sending", journey.States);
        Assert.Equal([journey.Order.InstitutionNumber, journey.Order.InstitutionNumber], journey.Sent);
        Assert.Equal(2, journey.Order.Sends);
        Assert.Equal(journey.Now.AddSeconds(10), journey.Order.SendBy);
        Assert.Equal(TimeSpan.FromMinutes(5), journey.TimerIn(journey.Order, TimerKind.Query));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void without_the_promise_that_a_number_executes_once_nothing_is_sent_again_C13()
    {
        var journey = Journey.Started(FakeWorld.WithoutPromise()).Answer(Silence).Query(NotKnown);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Single(journey.Sent);
        Assert.Equal(TimeSpan.FromMinutes(5), journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void a_script_may_decline_what_is_safe_and_the_institution_is_asked_again_C13()
    {
        var journey = Journey.Started(new FakeWorld { Hooks = FakeWorld.Script("resend", "ret sends < 1") }).Answer(Silence).Query(NotKnown);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Single(journey.Sent);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
        Assert.Equal("34 (script resend, version 3)", journey.History[^1].Reason);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void a_script_that_fails_leaves_the_decision_to_the_default_and_somebody_is_told_C13()
    {
        var journey = Journey.Started(new FakeWorld { Hooks = FakeWorld.Script("resend", "ret 1 / queries > 1") }).Answer(Silence).Query(NotKnown);

        Assert.Equal("Sending", journey.Order.State);
        Assert.Equal("34 (script resend, default)", journey.History[^1].Reason);
        Assert.Equal(("resend", ScriptFaultStage.Run), (Assert.Single(journey.ScriptFaults).Hook, journey.ScriptFaults[0].Stage));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void no_script_loosens_what_makes_it_safe_C13()
    {
        var first = FakeWorld.WithoutPromise();
        var journey = Journey.Started(new FakeWorld { Channel = first.Channel, Hooks = FakeWorld.Script("resend", "ret true") });

        Assert.Equal("Unknown", journey.Answer(Silence).Query(NotKnown).Order.State);
        Assert.Single(journey.Sent);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void an_answer_that_was_held_up_says_nothing_of_a_send_that_began_since_C13()
    {
        var journey = Journey.Started().Answer(Silence).Query(NotKnown).Answer(Silence);
        var askedAt = journey.Now;
        journey.Wait(TimeSpan.FromMinutes(2)).QueryLate(NotKnown, askedAt);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Equal(2, journey.Order.Sends);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void not_known_is_never_a_failure_C13()
    {
        var journey = Journey.Started(FakeWorld.WithoutPromise()).Answer(Silence);
        while (journey.TimerIn(journey.Order, TimerKind.Query) is not null)
        {
            journey.Query(NotKnown);
        }

        Assert.Equal("Paying Processing Processing OnWorkList", journey.States);
        Assert.Single(journey.Sent);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void a_person_s_query_can_still_resend_from_the_work_list_and_that_send_is_asked_about_C13()
    {
        var journey = Journey.Started().Answer(Silence);
        while (journey.TimerIn(journey.Order, TimerKind.Query) is not null)
        {
            journey.Query(Silence);
        }

        journey.QueryByHand(NotKnown);
        Assert.Equal("Sending", journey.Order.State);
        Assert.Empty(journey.WorkList);

        journey.Answer(Silence);
        Assert.Equal("Unknown", journey.Order.State);
        Assert.Equal(TimeSpan.FromSeconds(10), journey.TimerIn(journey.Order, TimerKind.Query));

        journey.Query(Silence);
        Assert.Equal("OnWorkList", journey.Order.State);
    }

    [Fact]
    public void what_was_never_sent_is_sent_again_a_little_later()
    {
        var journey = Journey.Started().Answer(NotSent);

        Assert.Equal("Paying Processing Processing Ready", journey.States);
        Assert.Equal((0, null), (journey.Order.ClaimedBy, journey.Order.SendBy));
        Assert.Equal(TimeSpan.FromSeconds(1), journey.TimerIn(journey.Order, TimerKind.Dispatch));
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Query));

        journey.DispatchAgain();
        Assert.Equal("Sending", journey.Order.State);
        Assert.Equal(FakeWorld.Node, journey.Order.ClaimedBy);
        Assert.Equal([journey.Order.InstitutionNumber, journey.Order.InstitutionNumber], journey.Sent);
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Dispatch));
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
    }

    [Fact]
    public void sending_that_never_works_backs_off_and_fails_for_certain_at_the_end()
    {
        var journey = Journey.Started();
        var pauses = new List<double>();
        while (journey.Answer(NotSent).Order.State == "Ready")
        {
            pauses.Add(journey.TimerIn(journey.Order, TimerKind.Dispatch)!.Value.TotalSeconds);
            journey.DispatchAgain();
        }

        Assert.Equal([1, 5, 30, 30], pauses);
        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal("not_sent", journey.Payment.Failure);
        Assert.Equal(5, journey.Sent.Count);
    }

    [Fact]
    public void what_was_never_sent_is_given_up_when_the_merchant_closes_the_trade()
    {
        var journey = Journey.Started().Answer(NotSent).Close();

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Single(journey.Sent);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void what_was_never_sent_is_given_up_when_the_validity_is_over_O3()
    {
        var journey = Journey.Started().Answer(NotSent).Wait(TimeSpan.FromMinutes(20)).DispatchAgain();

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Single(journey.Sent);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void a_resend_that_left_nothing_is_queried_because_the_first_send_may_have_arrived_C13()
    {
        var journey = Journey.Started().Answer(Silence).Query(NotKnown).Answer(NotSent);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Dispatch));
    }

    [Fact]
    public void a_late_word_of_an_earlier_send_does_not_release_the_later_one()
    {
        var journey = Journey.Started().Answer(NotSent).DispatchAgain();

        journey.Answer(NotSent, send: 1);

        Assert.Equal("Sending", journey.Order.State);
        Assert.Equal(FakeWorld.Node, journey.Order.ClaimedBy);
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Dispatch));
    }

    [Fact]
    public void a_send_known_to_have_left_nothing_is_released_even_after_a_query_without_answer()
    {
        var journey = Journey.Started().Query(Silence).Answer(NotSent);

        Assert.Equal("Ready", journey.Order.State);
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    public void news_for_an_order_that_waits_to_be_sent_stops_the_sending()
    {
        var journey = Journey.Started().Answer(NotSent).Callback(Silence);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Dispatch));
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    public void a_stale_dispatch_sends_nothing()
    {
        var journey = Journey.Started().Answer(Later);

        journey.Tell(new DispatchDue(journey.Order.Id));

        Assert.Equal("Accepted", journey.Order.State);
        Assert.Single(journey.Sent);
    }
}
