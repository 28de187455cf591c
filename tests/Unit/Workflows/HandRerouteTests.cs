using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Two persons may send a failed leg elsewhere, but never one that may still move money.</summary>
[Trait("Rule", "C14")]
public sealed class HandRerouteTests
{
    private static readonly ChannelOutcome LateYes = Yes;

    [Fact]
    public void a_leg_that_failed_for_certain_goes_elsewhere_as_a_new_payment_and_the_failed_one_stays_failed_C14()
    {
        var journey = Failed();
        var (payment, order) = (journey.Payment, journey.Order);

        Reroute(journey, order);

        Assert.Equal("Paying Processing Processing Sending", journey.States);
        Assert.Equal(("Failed", "Failed"), (payment.State, order.State));
        Assert.NotEqual(payment.Id, journey.Payment.Id);
        Assert.Equal((12, order.Id, "alice, approved by bob"), (journey.Order.ChannelId, journey.Order.Reroute!.Of, journey.Order.Reroute.DecidedBy));
        Assert.Equal("they confirmed it (alice, approved by bob)", journey.History.Last(step => step.Event == "CreateInstitutionOrder").Reason);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_failed_order_that_succeeds_after_all_is_given_back_beside_the_one_that_paid_C15()
    {
        var journey = Failed();
        var first = journey.Order;
        Reroute(journey, first).Answer(Yes);

        journey.Callback(LateYes, first);

        Assert.Equal(("Paid", first.Id), (journey.Trade.State, journey.Refund.RefundOf));
        Assert.Equal("Succeeded", journey.Answer(Yes, journey.RefundOrder).Refund.State);
    }

    [Fact]
    public void a_payer_s_own_failure_is_certain_too_C14() => Assert.Null(Refuse(Failed(), EvidenceKind.CertainFailure));

    [Fact]
    public void what_may_still_move_money_is_never_rerouted_C14()
    {
        foreach (var outcome in (ChannelOutcome[])[Silence, Later, NotKnown])
        {
            Assert.Equal(HandRerouteDecision.OrderNotFailed, Refuse(Journey.Started(World()).Answer(outcome), EvidenceKind.CertainFailure));
        }

        Assert.Equal(HandRerouteDecision.OrderNotFailed, Refuse(Journey.Started(World()), EvidenceKind.CertainFailure));
        Assert.Equal(HandRerouteDecision.OrderNotFailed, Refuse(Journey.Started(World()).Answer(Yes), EvidenceKind.CertainFailure));
        Assert.Equal(HandRerouteDecision.OrderNotFailed, Refuse(Failed().Callback(LateYes), EvidenceKind.CertainFailure));
    }

    [Fact]
    public void the_evidence_must_be_what_the_order_shows_C14()
    {
        var neverSent = Journey.Started(World(maximumSends: 1)).Answer(Outcomes.NotSent);

        Assert.Null(Refuse(neverSent, EvidenceKind.NotSent));
        Assert.Equal(HandRerouteDecision.EvidenceContradicted, Refuse(neverSent, EvidenceKind.CertainFailure));
        Assert.Equal(HandRerouteDecision.EvidenceContradicted, Refuse(Failed(), EvidenceKind.NotSent));
        Assert.Null(Refuse(Failed(), EvidenceKind.ClosedAtInstitution));
    }

    [Fact]
    public void a_failed_order_is_rerouted_once_C14()
    {
        var journey = Failed();
        var first = journey.Order;
        Reroute(journey, first).Answer(No);

        Assert.Equal(HandRerouteDecision.AlreadyRerouted, Refuse(journey, EvidenceKind.CertainFailure, first));
        Assert.Null(Refuse(journey, EvidenceKind.CertainFailure));
    }

    [Fact]
    public void nothing_new_is_begun_for_a_trade_that_does_not_wait_for_this_money_C14()
    {
        Assert.Equal(HandRerouteDecision.TradeChanged, Refuse(Failed().Revise(99_00), EvidenceKind.CertainFailure));
        Assert.Equal(HandRerouteDecision.TradeNotWaiting, Refuse(Failed().Close(), EvidenceKind.CertainFailure));
        Assert.Equal(HandRerouteDecision.TradeExpired, Refuse(Failed().Wait(TimeSpan.FromMinutes(15)), EvidenceKind.CertainFailure));

        var paying = Failed();
        var first = paying.Order;
        Assert.Equal(HandRerouteDecision.TradeNotWaiting, Refuse(paying.Pay(), EvidenceKind.CertainFailure, first));
        Assert.Equal(HandRerouteDecision.TradeNotWaiting, Refuse(paying.Answer(Yes), EvidenceKind.CertainFailure, first));
    }

    [Fact]
    public void money_that_is_given_back_goes_back_the_way_it_came_C14()
    {
        var journey = Failed().Callback(LateYes);
        journey.Answer(No, journey.RefundOrder);

        Assert.Equal(HandRerouteDecision.NotAPayIn, Refuse(journey, EvidenceKind.CertainFailure, journey.RefundOrder));
    }

    private static Journey Failed() => Journey.Started(World()).Answer(No);

    private static Journey Reroute(Journey journey, InstitutionOrder failed) => journey.Tell(new RerouteByHand(
        journey.Trade.Id, new DecidedRoute(Route.To(World().Other!), new Reroute(failed.Id, new Evidence(EvidenceKind.CertainFailure, "they confirmed it"), "alice, approved by bob"))));

    private static string? Refuse(Journey journey, EvidenceKind evidence, InstitutionOrder? failed = null) =>
        HandRerouteDecision.Refuse(journey.Family, failed ?? journey.Order, evidence, journey.Now);

    private static FakeWorld World(int maximumSends = 5)
    {
        var first = new FakeWorld().Channel with { MaximumSends = maximumSends };
        return new FakeWorld { Channel = first, Other = FakeWorld.Beside(first) };
    }
}
