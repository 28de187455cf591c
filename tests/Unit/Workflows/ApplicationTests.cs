using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Orders whose institution is called by a channel application, a process of its own.</summary>
[Trait("Rule", "C16")]
public sealed class ApplicationTests
{
    private const string App = "acme-app";

    private readonly FakeWorld _world = FakeWorld.Apart();

    [Fact]
    public void an_engine_that_does_not_run_the_application_claims_nothing_and_hands_over_C16()
    {
        var journey = Journey.Started(_world);

        Assert.Equal("Paying Processing Processing Ready", journey.States);
        Assert.Equal((0, null, 0), (journey.Order.ClaimedBy, journey.Order.SendBy, journey.Order.Sends));
        Assert.Equal([journey.Order.InstitutionNumber], journey.HandedOver);
        Assert.Empty(journey.Sent);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Dispatch));
        Assert.Equal(App, journey.Lanes[(journey.Order.Id, TimerKind.Dispatch)]);
        Assert.Null(journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    public void the_application_claims_it_sends_it_and_asks_about_it_in_its_own_lane_C16()
    {
        var journey = Journey.Started(_world);
        _world.Applications = new ApplicationSet([App]);

        journey.Tell(new DispatchDue(journey.Order.Id));

        Assert.Equal("Sending", journey.Order.State);
        Assert.Equal((FakeWorld.Node, 1), (journey.Order.ClaimedBy, journey.Order.Sends));
        Assert.Equal([journey.Order.InstitutionNumber], journey.Sent);
        Assert.Equal([(journey.Order.Id, TimerKind.Query)], journey.Timers.Keys);
        Assert.Equal("query.11", journey.Lanes[(journey.Order.Id, TimerKind.Query)]);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    public void told_of_it_twice_the_application_sends_it_once_C16()
    {
        var journey = Journey.Started(_world);
        _world.Applications = new ApplicationSet([App]);

        journey.Tell(new DispatchDue(journey.Order.Id)).Tell(new DispatchDue(journey.Order.Id));
        journey.Answer(Yes).Tell(new DispatchDue(journey.Order.Id));

        Assert.Single(journey.Sent);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
    }

    [Fact]
    public void an_engine_that_runs_the_application_too_sends_at_once_C16()
    {
        _world.Applications = new ApplicationSet([ApplicationSet.Engine, App]);

        var journey = Journey.Started(_world);

        Assert.Equal("Sending", journey.Order.State);
        Assert.Single(journey.Sent);
        Assert.Equal("query.11", journey.Lanes[(journey.Order.Id, TimerKind.Query)]);
    }

    [Fact]
    public void what_left_nothing_is_tried_again_by_the_application_and_resent_by_it_C16()
    {
        var journey = Journey.Started(_world);
        _world.Applications = new ApplicationSet([App]);

        journey.Tell(new DispatchDue(journey.Order.Id)).Answer(NotSent);
        Assert.Equal("Ready", journey.Order.State);
        Assert.Equal(App, journey.Lanes[(journey.Order.Id, TimerKind.Dispatch)]);
        Assert.Equal(ApplicationSet.Engine, journey.Lanes[(journey.Order.Id, TimerKind.Expiry)]);

        journey.DispatchAgain().Answer(Silence).Query(NotKnown);
        Assert.Equal("Sending", journey.Order.State);
        Assert.Equal(3, journey.Sent.Count);
    }

    [Fact]
    public void an_engine_that_hears_the_answer_to_a_question_resends_nothing_C16()
    {
        var journey = Journey.Started(_world);
        _world.Applications = new ApplicationSet([App]);
        journey.Tell(new DispatchDue(journey.Order.Id)).Answer(Silence);
        _world.Applications = ApplicationSet.EngineOnly;

        journey.Query(NotKnown);

        Assert.Equal("Unknown", journey.Order.State);
        Assert.Single(journey.Sent);
        Assert.Equal("query.11", journey.Lanes[(journey.Order.Id, TimerKind.Query)]);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void what_nobody_sent_is_ended_for_certain_by_the_engine_at_the_end_of_the_validity_C16()
    {
        var journey = Journey.Started(_world);
        Assert.Equal(TimeSpan.FromMinutes(15), journey.TimerIn(journey.Order, TimerKind.Expiry));
        Assert.Equal(ApplicationSet.Engine, journey.Lanes[(journey.Order.Id, TimerKind.Expiry)]);

        journey.SendExpires();

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Equal("not_sent", journey.Payment.Failure);
        Assert.Empty(journey.Timers);
        Assert.Empty(journey.Sent);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void what_nobody_sent_is_ended_at_once_when_the_merchant_closes_the_trade_C16()
    {
        var journey = Journey.Started(_world).Close();

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void two_attempts_that_wait_are_given_up_together_C16()
    {
        var journey = Journey.Started(_world).Pay().Close();

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.All(journey.Family.Payments, payment => Assert.Equal("Failed", payment.State));
        Assert.Empty(journey.Timers);
    }

    [Fact]
    public void an_expiry_that_comes_early_or_late_changes_nothing_C16()
    {
        var journey = Journey.Started(_world);
        journey.Tell(new SendExpired(journey.Order.Id));
        Assert.Equal("Ready", journey.Order.State);
        Assert.Equal(TimeSpan.FromMinutes(15), journey.TimerIn(journey.Order, TimerKind.Expiry));

        _world.Applications = new ApplicationSet([App]);
        journey.Tell(new DispatchDue(journey.Order.Id)).Wait(TimeSpan.FromMinutes(15)).Tell(new SendExpired(journey.Order.Id));
        Assert.Equal("Sending", journey.Order.State);
    }

    [Fact]
    public void a_refund_goes_by_the_application_of_its_channel_and_is_not_given_up_with_the_trade_C16()
    {
        var journey = Journey.Started(_world).Close();
        journey.Callback(Yes);

        Assert.Equal("Ready", journey.RefundOrder.State);
        Assert.Equal(App, journey.Lanes[(journey.RefundOrder.Id, TimerKind.Dispatch)]);
        Assert.Equal(journey.Refund.ExpiresAt - journey.Now, journey.TimerIn(journey.RefundOrder, TimerKind.Expiry));
        Assert.Contains(journey.RefundOrder.InstitutionNumber, journey.HandedOver);
    }

    [Fact]
    public void an_order_whose_channel_has_moved_follows_it_C16()
    {
        var world = new FakeWorld();
        var journey = Journey.Started(world).Answer(NotSent);
        Assert.Equal(ApplicationSet.Engine, journey.Lanes[(journey.Order.Id, TimerKind.Dispatch)]);
        world.Channel = world.Channel with { Application = App };

        journey.DispatchAgain();

        Assert.Equal("Ready", journey.Order.State);
        Assert.Equal(App, journey.Lanes[(journey.Order.Id, TimerKind.Dispatch)]);
        Assert.Equal(ApplicationSet.Engine, journey.Lanes[(journey.Order.Id, TimerKind.Expiry)]);
        Assert.Equal([journey.Order.InstitutionNumber], journey.HandedOver);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void a_reroute_out_of_an_application_is_left_to_the_engine_C16()
    {
        var world = FakeWorld.Apart(new FakeWorld().Channel with { Id = 12, Code = "other" });
        world.Channel = world.Channel with { MaximumReroutes = 1 };
        var journey = Journey.Started(world);
        world.Applications = new ApplicationSet([App]);

        journey.Tell(new DispatchDue(journey.Order.Id)).Answer(new ChannelOutcome.Failed("96", "system down", OfTheChannel: true));

        Assert.Equal(12, journey.Order.ChannelId);
        Assert.Equal("Ready", journey.Order.State);
        Assert.Equal(ApplicationSet.Engine, journey.Lanes[(journey.Order.Id, TimerKind.Dispatch)]);
    }
}
