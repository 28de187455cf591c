using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>What a merchant gives back goes down the four levels and back, and its money through transit.</summary>
[Trait("Rule", "O9")]
public sealed class MerchantRefundTests
{
    [Theory]
    [InlineData(RefundKind.Refund, 30_00, PostingKind.RefundTaken)]
    [InlineData(RefundKind.Void, 88_00, PostingKind.VoidTaken)]
    public void it_is_taken_from_the_merchant_and_sent_to_the_channel_that_was_paid_in_one_unit_of_work_O9(RefundKind kind, long minor, PostingKind taken)
    {
        var journey = Paid().GiveBack(minor, kind, feeBack: 18);

        Assert.Equal(
            new PostingIntent(taken, journey.Refund, kind == RefundKind.Void ? FakeWorld.Day : null), journey.Postings[^1]);
        Assert.Equal(("Paid", "Processing", "Sending"), (journey.Trade.State, journey.Refund.State, journey.RefundOrder.State));
        Assert.Equal((journey.Order.Id, minor, minor), (journey.Refund.RefundOf, journey.Refund.Amount.Minor, journey.RefundOrder.Amount.Minor));
        Assert.Equal((journey.Order.ChannelId, journey.Order.PayerAccount), (journey.RefundOrder.ChannelId, journey.RefundOrder.PayerAccount));
        Assert.Equal(journey.RefundOrder.InstitutionNumber, journey.Sent[^1]);
        Assert.Equal([NotificationKind.TradePaid], journey.Told);
    }

    [Theory]
    [InlineData(RefundKind.Refund, PostingKind.RefundPaid, NotificationKind.RefundSucceeded)]
    [InlineData(RefundKind.Void, PostingKind.VoidPaid, NotificationKind.VoidSucceeded)]
    public void when_the_payer_has_it_it_leaves_transit_and_the_merchant_is_told_O9(RefundKind kind, PostingKind paid, NotificationKind told)
    {
        var journey = Paid().GiveBack(kind: kind);
        journey.Wait(TimeSpan.FromDays(1)).Answer(Yes, journey.RefundOrder);

        Assert.Equal(("Paid", "Succeeded", "Succeeded"), (journey.Trade.State, journey.Refund.State, journey.RefundOrder.State));
        Assert.Equal(new PostingIntent(paid, journey.Refund), journey.Postings[^1]);
        Assert.Equal([NotificationKind.TradePaid, told], journey.Told);
        Assert.Equal(journey.Now, journey.Refund.EndedAt);
        Assert.Equal(
            ["OpenTrade", "StartPayment", "PaymentSucceeded", "RefundTrade", "RefundSucceeded"],
            journey.History.Where(step => step.Order == journey.Trade.Id).Select(step => step.Event));
        Assert.StartsWith(kind.Code(), journey.History.Single(step => step.Event == "RefundTrade").Reason, StringComparison.Ordinal);
        Assert.Empty(journey.Timers);
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Differences);
    }

    [Theory]
    [InlineData(RefundKind.Refund, PostingKind.RefundReturned, NotificationKind.RefundFailed)]
    [InlineData(RefundKind.Void, PostingKind.VoidReturned, NotificationKind.VoidFailed)]
    public void when_it_fails_for_certain_the_merchant_has_it_back_and_is_told_why_O9(RefundKind kind, PostingKind returned, NotificationKind told)
    {
        var journey = Paid().GiveBack(kind: kind);
        journey.Answer(No, journey.RefundOrder);

        Assert.Equal(("Paid", "Failed", "51"), (journey.Trade.State, journey.Refund.State, journey.Refund.Failure));
        Assert.Equal(new PostingIntent(returned, journey.Refund), journey.Postings[^1]);
        Assert.Equal(told, journey.Told[^1]);
        Assert.Equal(journey.Now, journey.Refund.EndedAt);
        Assert.Equal($"{kind.Code()}: 51", journey.History[^1].Reason);
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public void what_stays_unknown_moves_nothing_and_ends_on_the_work_list_C12()
    {
        var journey = Paid().GiveBack();
        var booked = journey.Postings.Count;
        journey.Answer(Silence, journey.RefundOrder);
        while (journey.RefundOrder.State == "Unknown")
        {
            journey.Query(Silence, journey.RefundOrder);
        }

        Assert.Equal(("OnWorkList", "Processing"), (journey.RefundOrder.State, journey.Refund.State));
        Assert.Contains("no result", journey.WorkList[journey.RefundOrder.Id]);
        Assert.Equal(booked, journey.Postings.Count);

        journey.Callback(Yes, journey.RefundOrder);
        Assert.Equal("Succeeded", journey.Refund.State);
        Assert.Empty(journey.WorkList);
    }

    [Fact]
    [Trait("Rule", "C3")]
    public void in_maintenance_it_is_taken_at_once_and_sent_when_the_window_ends_C3()
    {
        var world = new FakeWorld();
        var journey = Journey.Started(world).Answer(Yes);
        world.Maintenance = new Hold(world.Now.AddMinutes(3), "maintenance of the night");
        journey.GiveBack();
        Assert.Equal(("Ready", PostingKind.RefundTaken), (journey.RefundOrder.State, journey.Postings[^1].Kind));

        world.Maintenance = null;
        journey.DispatchAgain(journey.RefundOrder).Answer(Yes, journey.RefundOrder);
        Assert.Equal("Succeeded", journey.Refund.State);
    }

    [Theory]
    [Trait("Rule", "O12")]
    [InlineData(true, PostingKind.RefundPaid, "Succeeded", NotificationKind.RefundSucceeded)]
    [InlineData(false, PostingKind.RefundReturned, "Failed", NotificationKind.RefundFailed)]
    public void what_the_ledger_refuses_at_the_end_waits_in_a_named_state_and_is_told_when_it_is_booked_O12(
        bool executed, PostingKind kind, string ends, NotificationKind told)
    {
        var journey = Paid().GiveBack();
        var refusal = new PostingRefusal(kind, journey.Refund.Id, PostingRefusalReason.AccountFrozen, 4711);
        journey.Tell(Journey.AnswerOf(journey.RefundOrder, executed ? Yes : No), refusal);

        Assert.Equal(("AwaitingPosting", null), (journey.Refund.State, journey.Refund.EndedAt));
        Assert.Contains("posting refused", journey.WorkList[journey.Refund.Id]);
        Assert.Equal([NotificationKind.TradePaid], journey.Told);
        journey.Tell(new PostingDue(journey.Refund.Id), refusal);
        Assert.Equal("AwaitingPosting", journey.Refund.State);

        journey.Wait(TimeSpan.FromMinutes(1)).Tell(new PostingDue(journey.Refund.Id));
        Assert.Equal((ends, kind, told), (journey.Refund.State, journey.Postings[^1].Kind, journey.Told[^1]));
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void what_leaves_us_after_it_had_failed_is_taken_from_the_merchant_again_C15()
    {
        var journey = Paid().GiveBack();
        journey.Answer(No, journey.RefundOrder).Callback(Yes, journey.RefundOrder).Callback(Yes, journey.RefundOrder);

        Assert.Equal(("Failed", "Failed"), (journey.Refund.State, journey.RefundOrder.State));
        Assert.Equal(
            [PostingKind.Payment, PostingKind.RefundTaken, PostingKind.RefundReturned, PostingKind.RefundAfterAll],
            journey.Postings.Select(posting => posting.Kind));
        Assert.Equal([NotificationKind.TradePaid, NotificationKind.RefundFailed, NotificationKind.RefundSucceeded], journey.Told);
        Assert.Contains(journey.Differences, difference => difference.Kind == "contradiction");
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void what_the_merchant_does_not_have_to_be_taken_again_is_put_before_a_person_C15()
    {
        var journey = Paid().GiveBack();
        journey.Answer(No, journey.RefundOrder);
        journey.Tell(
            OutcomeMessages.OfCallback(journey.RefundOrder.Id, Yes),
            new PostingRefusal(PostingKind.RefundAfterAll, journey.Refund.Id, PostingRefusalReason.Overdraft, 4711));

        Assert.Contains("posting refused: Overdraft", journey.WorkList[journey.Refund.Id]);
        Assert.Equal(PostingKind.RefundReturned, journey.Postings[^1].Kind);
    }

    [Fact]
    [Trait("Rule", "C15")]
    public void what_leaves_us_before_it_was_returned_is_paid_out_of_transit_C15()
    {
        var journey = Paid().GiveBack();
        journey.Tell(
            Journey.AnswerOf(journey.RefundOrder, No),
            new PostingRefusal(PostingKind.RefundReturned, journey.Refund.Id, PostingRefusalReason.AccountFrozen, 4711));
        journey.Callback(Yes, journey.RefundOrder);

        Assert.Equal(("Failed", "51"), (journey.Refund.State, journey.Refund.Failure));
        Assert.Equal(PostingKind.RefundPaid, journey.Postings[^1].Kind);
        Assert.Equal(NotificationKind.RefundSucceeded, journey.Told[^1]);
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    public void parts_go_back_one_beside_the_other_O9()
    {
        var journey = Paid().GiveBack(30_00);
        var first = journey.RefundOrder;
        journey.GiveBack(58_00);
        journey.Answer(Executed(first.Amount), first).Answer(Executed(journey.RefundOrder.Amount), journey.RefundOrder);

        Assert.All(journey.Family.Payments, payment => Assert.Equal("Succeeded", payment.State));
        Assert.Equal(3, journey.Sent.Distinct().Count());
    }

    private static Journey Paid() => Journey.Started().Answer(Yes);
}
