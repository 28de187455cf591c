using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Driver;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class DriverTests
{
    private static readonly OrderDriver Driver = new();

    [Fact]
    public void an_event_for_an_order_that_is_not_there_is_a_bug_and_says_so()
    {
        var journey = Journey.Opened();

        var bug = Assert.Throws<UnlistedEventException>(() => journey.Tell(new DispatchDue(OrderId.Create(FakeWorld.Day, 999))));

        Assert.Equal("DispatchDue for InstitutionOrder 2026-11-20/999, which is not part of this trade", bug.Message);
    }

    [Fact]
    public void an_event_for_an_order_of_another_level_is_a_bug_and_says_so()
    {
        var journey = Journey.Started();

        Assert.Throws<UnlistedEventException>(() => journey.Tell(new DispatchDue(journey.Payment.Id)));
    }

    [Fact]
    public void an_event_that_a_state_does_not_list_is_a_bug_and_says_so()
    {
        var journey = Journey.Opened().Close();

        var bug = Assert.Throws<UnlistedEventException>(() => journey.Pay());

        Assert.Equal($"StartPayment is not listed in state Closed of Trade {journey.Trade.Id}", bug.Message);
    }

    [Fact]
    public void a_message_that_no_lifecycle_knows_is_a_bug_and_says_so()
    {
        var journey = Journey.Opened();

        Assert.Throws<UnlistedEventException>(() => journey.Tell(new Gossip(journey.Trade.Id)));
    }

    [Fact]
    public void what_a_lifecycle_throws_comes_out_as_it_is()
    {
        var journey = Journey.Opened(new FakeWorld { Exhausted = true });

        Assert.Throws<NumbersExhaustedException>(() => journey.Pay());
        Assert.Throws<NotSupportedException>(() => journey.Tell(
            new BeginPayment(OrderId.Create(FakeWorld.Day, 999), PaymentKind.Payment, [])));
    }

    [Fact]
    public void an_ignored_event_leaves_no_trace()
    {
        var journey = Journey.Started().Answer(Yes);
        var unit = new UnitOfWork(journey.Family, new FakeWorld().Context());

        Driver.Run(unit, Journey.AnswerOf(journey.Order, Yes));

        Assert.Empty(unit.Transitions);
        Assert.Equal(OrderChange.None, journey.Order.Change);
    }

    [Fact]
    public void an_event_that_moves_nothing_is_history_all_the_same()
    {
        var journey = Journey.Opened();
        var unit = new UnitOfWork(journey.Family, new FakeWorld().Context());

        Driver.Run(unit, new ReviseTrade(journey.Trade.Id, Journey.Price, "bob", null));

        Assert.Equal([new Transition(OrderLevel.Trade, journey.Trade.Id, "ReviseTrade", "AwaitingPayment", "AwaitingPayment", null)], unit.Transitions);
        Assert.Equal(OrderChange.Changed, journey.Trade.Change);
    }

    [Fact]
    public void orders_are_new_until_they_are_committed_and_changed_only_when_they_took_part()
    {
        var journey = Journey.Opened();
        var unit = new UnitOfWork(journey.Family, new FakeWorld().Context());

        Driver.Run(unit, new StartPayment(journey.Trade.Id, PaymentKind.Payment, PaymentMethod.OnlineBanking, "6222…0001"));
        Assert.Equal(
            [OrderChange.Changed, OrderChange.New, OrderChange.New, OrderChange.New],
            [journey.Trade.Change, journey.Payment.Change, journey.Instruction.Change, journey.Order.Change]);

        unit.MarkCommitted();
        Driver.Run(new UnitOfWork(journey.Family, new FakeWorld().Context()), Journey.AnswerOf(journey.Order, Silence));
        Assert.Equal(
            [OrderChange.None, OrderChange.None, OrderChange.None, OrderChange.Changed],
            [journey.Trade.Change, journey.Payment.Change, journey.Instruction.Change, journey.Order.Change]);
    }

    [Fact]
    public void a_trade_that_is_opened_and_paid_in_one_unit_of_work_arms_only_the_query()
    {
        var journey = Journey.Opened();
        var trade = journey.Trade;
        trade.State = Order.Initial;
        var unit = new UnitOfWork(journey.Family, new FakeWorld().Context());

        Driver.Run(unit, new OpenTrade(trade.Id));
        Driver.Run(unit, new StartPayment(trade.Id, PaymentKind.Payment, PaymentMethod.OnlineBanking, "6222…0001"));

        Assert.Equal([(journey.Order.Id, TimerKind.Query)], unit.Timers.Select(timer => (timer.Order, timer.Kind)));
    }

    [Fact]
    public void an_order_that_ends_cancels_its_timer_also_when_that_is_being_handled()
    {
        var journey = Journey.Started();
        var timer = new DueTimer(journey.Trade.Id, journey.Order.Id, TimerKind.Query, Token: 1, journey.Now);
        var handling = new UnitOfWork(journey.Family, new FakeWorld().Context()) { HandledTimer = timer };

        Driver.Run(handling, OutcomeMessages.OfQuery(journey.Order.Id, Yes, journey.Now));

        Assert.Equal([(journey.Order.Id, TimerKind.Query, null)], handling.Timers.Select(change => (change.Order, change.Kind, change.DueAt)));
    }

    private sealed record Gossip(OrderId Target) : OrderMessage(Target);
}
