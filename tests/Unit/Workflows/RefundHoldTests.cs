using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>A refund is accepted at once and submitted when its channel is out of maintenance.</summary>
[Trait("Rule", "C3")]
public sealed class RefundHoldTests
{
    private readonly FakeWorld _world = new();

    [Fact]
    public void a_refund_in_maintenance_is_held_and_sent_when_the_window_ends_C3()
    {
        var journey = Held(TimeSpan.FromMinutes(3));
        Assert.Equal(("Ready", (short)0), (journey.RefundOrder.State, journey.RefundOrder.Sends));
        Assert.Equal(TimeSpan.FromMinutes(3), journey.TimerIn(journey.RefundOrder, TimerKind.Dispatch));
        Assert.Contains("maintenance of the night", journey.History[^1].Reason);

        _world.Maintenance = null;
        journey.DispatchAgain(journey.RefundOrder).Answer(Yes, journey.RefundOrder);

        Assert.Equal(("Succeeded", "Succeeded"), (journey.Refund.State, journey.RefundOrder.State));
    }

    [Fact]
    public void a_long_window_is_looked_at_again_and_again_without_a_trace_C3()
    {
        var journey = Held(TimeSpan.FromHours(8));
        var steps = journey.History.Count;
        Assert.Equal(TimeSpan.FromMinutes(5), journey.TimerIn(journey.RefundOrder, TimerKind.Dispatch));

        journey.DispatchAgain(journey.RefundOrder);

        Assert.Equal(("Ready", steps), (journey.RefundOrder.State, journey.History.Count));
        Assert.Equal(TimeSpan.FromMinutes(5), journey.TimerIn(journey.RefundOrder, TimerKind.Dispatch));
    }

    [Fact]
    public void a_payment_is_not_held_by_maintenance_that_began_after_its_choice_C3()
    {
        _world.Maintenance = new Hold(_world.Now.AddHours(1), "maintenance");

        Assert.Equal("Sending", Journey.Started(_world).Order.State);
    }

    /// <summary>A payment that failed succeeds after all while its channel is in maintenance.</summary>
    private Journey Held(TimeSpan window)
    {
        var journey = Journey.Started(_world).Answer(No).Close();
        _world.Maintenance = new Hold(_world.Now + window, "maintenance of the night");
        return journey.Callback(Yes);
    }
}
