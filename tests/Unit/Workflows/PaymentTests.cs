using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class PaymentTests
{
    [Fact]
    public void a_submitted_payment_is_on_its_way_after_one_unit_of_work()
    {
        var journey = Journey.Started();

        Assert.Equal("Paying Processing Processing Sending", journey.States);
        Assert.Equal([journey.Order.InstitutionNumber], journey.Sent);
        Assert.Equal(FakeWorld.Node, journey.Order.ClaimedBy);
        Assert.Equal(journey.Now.AddSeconds(10), journey.Order.SendBy);
        Assert.Equal(TimeSpan.FromMinutes(10), journey.TimerIn(journey.Order, TimerKind.Query));
        Assert.Null(journey.TimerIn(journey.Trade, TimerKind.Expiry));
    }

    [Fact]
    public void a_success_moves_all_four_orders_to_their_end_in_one_unit_of_work()
    {
        var journey = Journey.Started().Answer(Yes);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
        Assert.Equal(journey.Payment.Id, journey.Trade.PaidBy);
        Assert.Equal(journey.Now, journey.Trade.PaidAt);
        Assert.Equal([new PostingIntent(PostingKind.Payment, journey.Payment)], journey.Postings);
        Assert.Empty(journey.Timers);
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Differences);
    }

    [Fact]
    [Trait("Rule", "O1")]
    public void the_history_names_every_event_of_every_level_O1()
    {
        var journey = Journey.Started().Answer(Yes);

        Assert.Equal(
            [
                "Trade OpenTrade Initial AwaitingPayment",
                "Trade StartPayment AwaitingPayment Paying",
                "Payment BeginPayment Initial Processing",
                "Instruction BeginInstruction Initial Processing",
                "InstitutionOrder CreateInstitutionOrder Initial Sending",
                "InstitutionOrder InstitutionSucceeded Sending Succeeded",
                "Instruction PartSucceeded Processing Succeeded",
                "Payment LegSucceeded Processing Succeeded",
                "Trade PaymentSucceeded Paying Paid",
            ],
            journey.History.Select(step => $"{step.Level} {step.Event} {step.From} {step.To}"));
    }

    [Fact]
    public void a_payment_carries_the_facts_of_its_trade_down_to_the_institution()
    {
        var journey = Journey.Opened().Revise(99_00).Pay("6222…0002");

        Assert.Equal(Journey.Price with { Minor = 99_00 }, journey.Order.Amount);
        Assert.Equal(journey.Order.Amount, journey.Payment.Amount);
        Assert.Equal("6222…0002", journey.Order.PayerAccount);
        Assert.Equal(2, journey.Payment.Revision);
        Assert.Equal(journey.Now.AddDays(7), journey.Payment.ExpiresAt);
        Assert.All([journey.Payment.Id, journey.Instruction.Id, journey.Order.Id], id => Assert.Equal(journey.Trade.Id.Day, id.Day));
    }

    [Fact]
    public void a_certain_decline_fails_the_payment_and_the_trade_waits_for_another()
    {
        var journey = Journey.Started().Answer(No);

        Assert.Equal("AwaitingPayment Failed Failed Failed", journey.States);
        Assert.Equal("51", journey.Payment.Failure);
        Assert.Equal(TimeSpan.FromMinutes(15), journey.TimerIn(journey.Trade, TimerKind.Expiry));
        Assert.Single(journey.Timers);
        Assert.Empty(journey.Postings);

        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.Pay().Answer(Yes).States);
    }

    [Fact]
    public void without_a_channel_the_payment_fails_at_once_and_nothing_is_sent()
    {
        var journey = Journey.Opened(new FakeWorld { ChannelIsThere = false }).Pay();

        Assert.Equal("Failed", journey.Instruction.State);
        Assert.Equal("no_channel", journey.Payment.Failure);
        Assert.Equal("AwaitingPayment", journey.Trade.State);
        Assert.Equal(TimeSpan.FromMinutes(15), journey.TimerIn(journey.Trade, TimerKind.Expiry));
        Assert.Empty(journey.Sent);
    }

    [Fact]
    [Trait("Rule", "O12")]
    public void a_refused_posting_waits_in_a_state_of_its_own_and_is_posted_later_O12()
    {
        var journey = Journey.Started();
        journey.Tell(Journey.AnswerOf(journey.Order, Yes), journey.Refusal());

        Assert.Equal("Paying AwaitingPosting Succeeded Succeeded", journey.States);
        Assert.Equal("posting refused: AccountFrozen, account 4711", journey.WorkList[journey.Payment.Id]);
        Assert.Equal(TimeSpan.FromSeconds(30), journey.TimerIn(journey.Payment, TimerKind.Posting));
        Assert.Empty(journey.Postings);

        journey.PostAgain(journey.Refusal());
        Assert.Equal("AwaitingPosting", journey.Payment.State);

        journey.PostAgain();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", journey.States);
        Assert.Equal([PostingKind.Payment], journey.Postings.Select(posting => posting.Kind));
        Assert.Empty(journey.WorkList);
        Assert.Empty(journey.Timers);
    }

    [Fact]
    [Trait("Rule", "O12")]
    public void a_posting_that_is_refused_again_and_again_is_tried_more_and_more_seldom_and_leaves_one_trace_O12()
    {
        var journey = Journey.Started();
        journey.Tell(Journey.AnswerOf(journey.Order, Yes), journey.Refusal());
        var history = journey.History.Count;

        var pauses = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            pauses.Add(journey.TimerIn(journey.Payment, TimerKind.Posting)!.Value.TotalSeconds);
            journey.PostAgain(journey.Refusal());
        }

        Assert.Equal([30, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600], pauses);
        Assert.Equal(history, journey.History.Count);
        Assert.Equal("AwaitingPosting", journey.Payment.State);
        Assert.Equal("posting refused: AccountFrozen, account 4711", journey.WorkList[journey.Payment.Id]);
    }

    [Fact]
    [Trait("Rule", "O12")]
    public void a_trade_stays_open_while_a_payment_waits_for_its_posting_O12()
    {
        var journey = Journey.Started();
        journey.Tell(Journey.AnswerOf(journey.Order, Yes), journey.Refusal());

        journey.Close();

        Assert.Equal("Closing", journey.Trade.State);
        Assert.Equal("Paid", journey.PostAgain().Trade.State);
    }

    [Fact]
    public void a_refusal_of_another_payment_does_not_hold_this_one()
    {
        var journey = Journey.Started();
        var ofAnother = journey.Refusal() with { Order = journey.Trade.Id };

        journey.Tell(Journey.AnswerOf(journey.Order, Yes), ofAnother);

        Assert.Equal("Succeeded", journey.Payment.State);
    }
}
