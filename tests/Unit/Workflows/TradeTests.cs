using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class TradeTests
{
    [Fact]
    [Trait("Rule", "O3")]
    public void an_unpaid_trade_closes_when_its_validity_ends_O3()
    {
        var journey = Journey.Opened();
        Assert.Equal(TimeSpan.FromMinutes(15), journey.TimerIn(journey.Trade, TimerKind.Expiry));

        journey.Expire();

        Assert.Equal("Closed", journey.Trade.State);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void an_expiry_that_comes_early_is_armed_again_O3()
    {
        var journey = Journey.Opened().Wait(TimeSpan.FromMinutes(14));

        journey.Tell(new TradeExpired(journey.Trade.Id));

        Assert.Equal("AwaitingPayment", journey.Trade.State);
        Assert.Equal(TimeSpan.FromMinutes(1), journey.TimerIn(journey.Trade, TimerKind.Expiry));
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void a_trade_does_not_expire_while_a_payment_is_in_flight_and_is_still_paid_by_it_O3()
    {
        var journey = Journey.Started().Wait(TimeSpan.FromHours(5));

        journey.Tell(new TradeExpired(journey.Trade.Id));
        Assert.Equal("Paying", journey.Trade.State);

        Assert.Equal("Paid", journey.Callback(Yes).Trade.State);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void a_payment_that_fails_after_the_validity_closes_the_trade_O3()
    {
        var journey = Journey.Started().Wait(TimeSpan.FromMinutes(15)).Callback(No);

        Assert.Equal("Closed", journey.Trade.State);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void closing_with_nothing_in_flight_closes_at_once_O3()
    {
        var journey = Journey.Opened().Close();

        Assert.Equal("Closed", journey.Trade.State);
        Assert.Empty(journey.Timers);
        Assert.Equal("merchant asked", journey.History[^1].Reason);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void a_close_waits_for_the_payment_in_flight_whose_success_pays_the_trade_O3()
    {
        var journey = Journey.Started().Close();
        Assert.Equal("Closing", journey.Trade.State);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Answer(Yes).States);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void a_close_ends_when_the_last_payment_in_flight_has_failed_O3()
    {
        var journey = Journey.Started().Pay().Close();
        var (first, second) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);

        Assert.Equal("Closing", journey.Answer(No, first).Trade.State);
        Assert.Equal("Closed", journey.Answer(No, second).Trade.State);
    }

    [Fact]
    public void a_trade_keeps_paying_while_another_attempt_is_in_flight()
    {
        var journey = Journey.Started().Pay();

        Assert.Equal("Paying", journey.Answer(No, journey.Family.InstitutionOrders[0]).Trade.State);
        Assert.Equal("AwaitingPayment", journey.Answer(No, journey.Family.InstitutionOrders[1]).Trade.State);
    }

    [Fact]
    [Trait("Rule", "O4")]
    public void the_second_success_of_a_trade_is_surplus_O4()
    {
        var journey = Journey.Started().Pay();
        var (first, second) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);

        journey.Answer(Yes, second).Answer(Yes, first);

        Assert.Equal("Paid", journey.Trade.State);
        Assert.Equal(journey.Family.Payments[1].Id, journey.Trade.PaidBy);
        Assert.Equal("Surplus", journey.Family.Payments[0].State);
        Assert.Equal([PostingKind.Payment, PostingKind.Surplus], journey.Postings.Select(posting => posting.Kind));
        Assert.Equal([new Difference(first.Id, "surplus",
            "trade is Paid at revision 1, payment is of revision 1")], journey.Differences);
    }

    [Fact]
    public void an_attempt_that_fails_after_the_trade_is_paid_leaves_the_trade_alone()
    {
        var journey = Journey.Started().Pay();

        journey.Answer(Yes, journey.Family.InstitutionOrders[0]).Answer(No, journey.Family.InstitutionOrders[1]);

        Assert.Equal("Paid Failed Failed Failed", journey.States);
        Assert.Equal("LegFailed", journey.History[^1].Event);
    }

    [Fact]
    [Trait("Rule", "O2")]
    public void a_success_at_the_old_amount_is_surplus_after_the_trade_was_revised_O2()
    {
        var journey = Journey.Started().Revise(99_00).Pay();
        var (old, latest) = (journey.Family.InstitutionOrders[0], journey.Family.InstitutionOrders[1]);

        journey.Answer(Yes, old);
        Assert.Equal("Surplus", journey.Family.Payments[0].State);
        Assert.Equal("Paying", journey.Trade.State);

        journey.Answer(Executed(latest.Amount), latest);
        Assert.Equal("Paid", journey.Trade.State);
        Assert.Equal(journey.Family.Payments[1].Id, journey.Trade.PaidBy);
        Assert.Equal(("bob", "carol"), (journey.Trade.Payer, journey.Trade.Payee));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public void a_revised_trade_waits_again_when_only_the_old_attempt_was_in_flight_O2()
    {
        var journey = Journey.Started().Revise(99_00).Answer(Yes);

        Assert.Equal("AwaitingPayment Surplus Succeeded Succeeded", journey.States);
        Assert.NotNull(journey.TimerIn(journey.Trade, TimerKind.Expiry));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public void a_posting_that_waited_becomes_surplus_when_another_payment_was_faster_O2()
    {
        var journey = Journey.Started();
        var late = journey.Payment;
        journey.Tell(Journey.AnswerOf(journey.Order, Yes), journey.Refusal());
        journey.Pay().Answer(Yes);

        journey.Wait(TimeSpan.FromSeconds(30)).Tell(new PostingDue(late.Id));

        Assert.Equal("Surplus", late.State);
        Assert.Empty(journey.WorkList);
        Assert.Equal([journey.RefundOrder.Id], journey.Timers.Keys.Select(timer => timer.Order));
    }
}
