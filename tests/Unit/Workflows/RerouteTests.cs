using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Another channel, with a new number, only when it is certain that the first one moved no money.</summary>
public sealed class RerouteTests
{
    private static readonly ChannelOutcome OutOfOrder = new ChannelOutcome.Failed("96", "system down", OfTheChannel: true);

    [Fact]
    [Trait("Rule", "C14")]
    public void a_certain_failure_of_the_channel_is_tried_on_another_with_a_new_number_and_its_evidence_C14()
    {
        var journey = Journey.Started(TwoChannels()).Answer(OutOfOrder);
        var first = journey.Family.InstitutionOrders[0];

        Assert.Equal("Paying Processing Processing Sending", journey.States);
        Assert.Equal((11, 12), (first.ChannelId, journey.Order.ChannelId));
        Assert.Equal(2, journey.Sent.Distinct().Count());
        var words = $"channel 11 refused {first.InstitutionNumber} for certain: 96: system down";
        Assert.Equal(
            new Reroute(first.Id, new Evidence(EvidenceKind.CertainFailure, words), "script reroute, default"), journey.Order.Reroute);
        Assert.Equal(
            $"{words} (script reroute, default)", journey.History.Last(step => step.Event == "CreateInstitutionOrder").Reason);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
        Assert.Equal("Failed", first.State);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void it_is_off_unless_the_channel_allows_it_C14()
    {
        var journey = Journey.Started(TwoChannels(maximumReroutes: 0)).Answer(OutOfOrder);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void what_the_payer_lacks_he_lacks_everywhere_C14()
    {
        var journey = Journey.Started(TwoChannels()).Answer(No);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
    }

    [Theory]
    [MemberData(nameof(NotCertain))]
    [Trait("Rule", "C14")]
    public void what_is_not_certain_is_never_rerouted_C14(ChannelOutcome outcome)
    {
        var journey = Journey.Started(TwoChannels()).Answer(outcome);

        Assert.Single(journey.Family.InstitutionOrders);
        Assert.Equal("Processing", journey.Instruction.State);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void an_order_of_which_nothing_could_be_sent_goes_elsewhere_when_it_is_given_up_C14()
    {
        var journey = Journey.Started(TwoChannels(maximumSends: 1)).Answer(NotSent);

        Assert.Equal(12, journey.Order.ChannelId);
        Assert.Equal(EvidenceKind.NotSent, journey.Order.Reroute!.Evidence.Kind);
        Assert.StartsWith("nothing of ", journey.Order.Reroute.Evidence.InWords);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void an_order_that_the_channel_has_closed_goes_elsewhere_and_says_so_C14()
    {
        var journey = Journey.Started(TwoChannels()).Answer(new ChannelOutcome.Failed("40", "closed", OfTheChannel: true, Closed: true));

        Assert.Equal((12, EvidenceKind.ClosedAtInstitution), (journey.Order.ChannelId, journey.Order.Reroute!.Evidence.Kind));
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void a_script_may_decline_what_is_safe_and_the_leg_says_which_did_C14()
    {
        var journey = Journey.Started(TwoChannels(script: "ret code != \"96\"")).Answer(OutOfOrder);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal("96", journey.Payment.Failure);
        Assert.Equal("96 (script reroute, version 3)", journey.History.Single(step => step.Event == "RerouteDeclined").Reason);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void no_script_loosens_what_makes_it_safe_C14()
    {
        const string Always = "ret true";
        Assert.Equal("Failed", Journey.Started(TwoChannels(maximumReroutes: 0, script: Always)).Answer(OutOfOrder).Payment.State);
        Assert.Equal("Failed", Journey.Started(TwoChannels(script: Always)).Answer(No).Payment.State);
        Assert.Single(Journey.Started(TwoChannels(script: Always)).Answer(Silence).Family.InstitutionOrders);
        Assert.Equal("Closed", Journey.Started(TwoChannels(script: Always)).Close().Answer(OutOfOrder).Trade.State);
        Assert.Equal("Closed", Journey.Started(TwoChannels(script: Always)).Wait(TimeSpan.FromMinutes(15)).Answer(OutOfOrder).Trade.State);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void the_default_declines_when_the_payer_has_less_than_a_minute_left_C14()
    {
        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal("Sending", Journey.Started(TwoChannels()).Wait((15 * minute) - minute).Answer(OutOfOrder).Order.State);
        Assert.Equal("Failed", Journey.Started(TwoChannels()).Wait((15 * minute) - minute + TimeSpan.FromTicks(1)).Answer(OutOfOrder).Order.State);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void a_script_that_fails_leaves_the_decision_to_the_default_and_somebody_is_told_C14()
    {
        var journey = Journey.Started(TwoChannels(script: "ret amount / reroutes > 1")).Answer(OutOfOrder);

        Assert.Equal((12, "script reroute, default"), (journey.Order.ChannelId, journey.Order.Reroute!.DecidedBy));
        var fault = Assert.Single(journey.ScriptFaults);
        Assert.Equal(("reroute", 3, ScriptFaultStage.Run), (fault.Hook, fault.Version, fault.Stage));
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void a_channel_is_tried_once_and_then_the_leg_has_failed_C14()
    {
        var journey = Journey.Started(TwoChannels(maximumReroutes: 5)).Answer(OutOfOrder).Answer(OutOfOrder);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal(2, journey.Family.InstitutionOrders.Count);
    }

    [Fact]
    [Trait("Rule", "C14")]
    public void nothing_new_is_sent_for_a_trade_that_is_being_closed_C14()
    {
        var journey = Journey.Started(TwoChannels()).Close().Answer(OutOfOrder);

        Assert.Equal("Closed Failed Failed Failed", journey.States);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_first_channel_that_succeeds_after_all_is_given_back_whoever_comes_first_C15()
    {
        var journey = Journey.Started(TwoChannels()).Answer(OutOfOrder);
        var (first, second) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);

        journey.Callback(Yes, first);
        Assert.Equal(("Processing", "Processing"), (journey.Payment.State, journey.Instruction.State));
        Assert.Equal([(PostingKind.Surplus, first.Id)], journey.Postings.Select(posting => (posting.Kind, posting.Order.Id)));

        journey.Answer(Yes, second);
        Assert.Equal(("Paid", "Succeeded"), (journey.Trade.State, journey.Payment.State));
        Assert.Equal(first.Id, journey.Refund.RefundOf);
        Assert.Equal("Succeeded", journey.Answer(Yes, journey.RefundOrder).Refund.State);
    }

    [Fact]
    [Trait("Rule", "O4")]
    public void a_first_channel_that_was_given_back_is_not_given_back_again_with_the_second_O4()
    {
        var journey = Journey.Started(TwoChannels()).Answer(OutOfOrder);
        var (first, second) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);

        journey.Callback(Yes, first).Revise(99_00).Answer(Yes, second);

        Assert.Equal("Surplus", journey.Family.PaymentOf(second).State);
        Assert.Equal(
            [(PostingKind.Surplus, first.Id), (PostingKind.Surplus, second.Id)],
            journey.Postings.Select(posting => (posting.Kind, posting.Order.Id)));
    }

    [Fact]
    [Trait("Rule", "O12")]
    public void late_money_that_the_ledger_refuses_stays_on_the_work_list_when_the_payment_leaves_it_O12()
    {
        var journey = Journey.Started(TwoChannels()).Answer(OutOfOrder);
        var (first, second) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);
        journey.Tell(Journey.AnswerOf(second, Yes), journey.Refusal());

        journey.Tell(Journey.AnswerOf(first, Yes), new PostingRefusal(PostingKind.Surplus, first.Id, PostingRefusalReason.AccountFrozen, 4711));
        journey.PostAgain();

        Assert.Equal("Succeeded", journey.Payment.State);
        Assert.Equal([first.Id], journey.WorkList.Keys);
    }

    public static TheoryData<ChannelOutcome> NotCertain() => [Silence, Later, NotKnown];

    private static FakeWorld TwoChannels(int maximumReroutes = 1, int maximumSends = 5, string? script = null)
    {
        var first = new FakeWorld().Channel with { MaximumReroutes = maximumReroutes, MaximumSends = maximumSends };
        return new FakeWorld
        {
            Hooks = FakeWorld.Script("reroute", script),
            Channel = first,
            Other = FakeWorld.Beside(first),
        };
    }
}
