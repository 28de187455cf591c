using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Money that came on top goes back to its payer by itself, through all four levels.</summary>
public sealed class SurplusTests
{
    [Fact]
    [Trait("Rule", "O4")]
    public void the_second_success_is_posted_to_suspense_and_its_refund_is_sent_in_the_same_unit_of_work_O4()
    {
        var journey = TwicePaid();
        var surplus = journey.Family.InstitutionOrders[0];

        Assert.Equal([(PostingKind.Payment, journey.Family.Payments[1].Id), (PostingKind.Surplus, surplus.Id)],
            journey.Postings.Select(posting => (posting.Kind, posting.Order.Id)));
        Assert.Equal((PaymentKind.Refund, surplus.Id, Journey.Price), (journey.Refund.Kind, journey.Refund.RefundOf, journey.Refund.Amount));
        Assert.Equal(("Processing", "Sending"), (journey.Refund.State, journey.RefundOrder.State));
        Assert.Equal(surplus.ChannelId, journey.RefundOrder.ChannelId);
        Assert.Equal(surplus.PayerAccount, journey.RefundOrder.PayerAccount);
        Assert.Equal(journey.RefundOrder.InstitutionNumber, journey.Sent[^1]);
        Assert.Equal(3, journey.Sent.Distinct().Count());
    }

    [Fact]
    [Trait("Rule", "O4")]
    public void the_loop_stands_on_the_trade_detected_refunded_told_O4()
    {
        var journey = TwicePaid();
        journey.Answer(Yes, journey.RefundOrder);

        Assert.Equal("Paid", journey.Trade.State);
        Assert.Equal(("Succeeded", "Succeeded"), (journey.Refund.State, journey.RefundOrder.State));
        Assert.Equal((PostingKind.Refund, journey.Refund.Id), (journey.Postings[^1].Kind, journey.Postings[^1].Order.Id));
        Assert.Equal(
            ["OpenTrade", "StartPayment", "StartPayment", "PaymentSucceeded", "PaymentCameOnTop", "SurplusRefunded"],
            journey.History.Where(step => step.Order == journey.Trade.Id).Select(step => step.Event));
        Assert.Equal([NotificationKind.TradePaid, NotificationKind.SurplusDetected, NotificationKind.SurplusRefunded], journey.Told);
        Assert.Equal(new Difference(journey.Family.InstitutionOrders[0].Id, "surplus", Detail: null), journey.Differences[^1]);
        Assert.Empty(journey.Timers);
        Assert.Empty(journey.WorkList);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void a_success_after_the_close_is_refunded_O3()
    {
        var journey = Journey.Started().Answer(No).Close().Callback(Yes);

        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Equal(PostingKind.Surplus, Assert.Single(journey.Postings).Kind);
        Assert.Equal("Sending", journey.RefundOrder.State);

        journey.Answer(Yes, journey.RefundOrder);
        Assert.Equal("Closed Failed Failed Failed", journey.States);
        Assert.Equal("Succeeded", journey.Refund.State);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_success_reported_for_a_failed_order_is_booked_once_however_often_it_is_told_C15()
    {
        var journey = Journey.Started().Answer(No).Callback(Yes).Callback(Yes).Callback(Yes);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal(PostingKind.Surplus, Assert.Single(journey.Postings).Kind);
        Assert.Single(journey.Family.Payments, payment => payment.IsRefund);
        Assert.Equal(["contradiction", "surplus"], journey.Differences.Select(difference => difference.Kind).Distinct());
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void a_success_of_another_amount_for_a_failed_order_moves_no_money_C15()
    {
        var journey = Journey.Started().Answer(No).Callback(Executed(Journey.Price with { Minor = 1 }));

        Assert.Empty(journey.Postings);
        Assert.Equal(["contradiction"], journey.Differences.Select(difference => difference.Kind));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public void a_refund_of_which_nothing_was_sent_is_sent_again_for_as_long_as_it_takes_C13()
    {
        var journey = TwicePaid();
        journey.Answer(NotSent, journey.RefundOrder);
        for (var sends = 2; sends < 50; sends++)
        {
            journey.DispatchAgain(journey.RefundOrder).Answer(NotSent, journey.RefundOrder);
        }

        Assert.Equal("Ready", journey.RefundOrder.State);
        Assert.Single(journey.Sent.TakeLast(40).Distinct());
        Assert.Equal("Succeeded", journey.DispatchAgain(journey.RefundOrder).Answer(Yes, journey.RefundOrder).Refund.State);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void a_refund_without_an_answer_is_queried_and_never_failed_C12()
    {
        var journey = TwicePaid();
        journey.Answer(Silence, journey.RefundOrder);
        Assert.Equal("Unknown", journey.RefundOrder.State);

        journey.Query(Yes, journey.RefundOrder);
        Assert.Equal("Succeeded", journey.Refund.State);
    }

    [Fact]
    [Trait("Rule", "O4")]
    public void a_refund_that_the_institution_refuses_is_put_before_a_person_and_its_difference_stays_open_O4()
    {
        var journey = TwicePaid();
        journey.Answer(No, journey.RefundOrder);

        Assert.Equal("Failed", journey.Refund.State);
        Assert.Contains("could not be given back", journey.WorkList[journey.Refund.Id]);
        Assert.All(journey.Differences, difference => Assert.NotNull(difference.Detail));
        Assert.Equal(NotificationKind.SurplusNotRefunded, journey.Told[^1]);

        // The institution gives the money back after all.
        journey.Callback(Yes, journey.RefundOrder);
        Assert.Equal("Failed", journey.Refund.State);
        Assert.Equal(PostingKind.Refund, journey.Postings[^1].Kind);
        Assert.Empty(journey.WorkList);
        Assert.Null(journey.Differences[^1].Detail);
    }

    [Fact]
    [Trait("Rule", "O12")]
    public void a_refund_that_cannot_be_posted_waits_in_a_named_state_O12()
    {
        var journey = TwicePaid();
        var refusal = new PostingRefusal(PostingKind.Refund, journey.Refund.Id, PostingRefusalReason.AccountFrozen, 4711);
        journey.Tell(Journey.AnswerOf(journey.RefundOrder, Yes), refusal);

        Assert.Equal("AwaitingPosting", journey.Refund.State);
        Assert.NotNull(journey.TimerIn(journey.Refund, TimerKind.Posting));

        journey.Wait(TimeSpan.FromSeconds(30)).Tell(new PaymentEngine.Workflows.Messages.PostingDue(journey.Refund.Id));
        Assert.Equal("Succeeded", journey.Refund.State);
        Assert.Empty(journey.WorkList);
    }

    [Fact]
    public void a_refund_keeps_no_trade_open()
    {
        var journey = Journey.Started().Revise(99_00).Answer(Yes).Close();

        Assert.Equal("Closed", journey.Trade.State);
        Assert.Equal("Processing", journey.Refund.State);
        Assert.Equal("Succeeded", journey.Answer(Yes, journey.RefundOrder).Refund.State);
    }

    /// <summary>Two attempts, both succeed; the first of them came second.</summary>
    private static Journey TwicePaid()
    {
        var journey = Journey.Started().Pay();
        return journey
            .Answer(Yes, journey.Family.InstitutionOrders[1])
            .Answer(Yes, journey.Family.InstitutionOrders[0]);
    }
}
