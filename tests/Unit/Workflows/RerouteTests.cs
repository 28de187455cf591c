using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
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
        Assert.Equal(
            $"channel 11 refused {first.InstitutionNumber} for certain: 96: system down",
            journey.History.Last(step => step.Event == "CreateInstitutionOrder").Reason);

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
        Assert.StartsWith("nothing of ", journey.History.Last(step => step.Event == "CreateInstitutionOrder").Reason);
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

    private static FakeWorld TwoChannels(int maximumReroutes = 1, int maximumSends = 5)
    {
        var first = new FakeWorld().Channel with { MaximumReroutes = maximumReroutes, MaximumSends = maximumSends };
        return new FakeWorld
        {
            Channel = first,
            Other = first with { Id = 12, Code = "best", Numbers = new NumberRule("12", DateStyle.FullYear, NumberAlphabet.Digits, 20, Fixed: true) },
        };
    }
}
