using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>An order holds what it took of the limits for as long as it may move money.</summary>
[Trait("Rule", "C4")]
public sealed class LimitTests
{
    public static TheoryData<string> WaysIntoFailed =>
    [
        "refused while sending", "refused while it was accepted", "refused while nobody knew", "refused by hand on the work list",
        "refused while it waited for its application", "nothing was sent in the end", "nothing was sent and it was not tried again",
        "nobody sent it",
    ];

    [Theory]
    [MemberData(nameof(WaysIntoFailed))]
    public void an_order_that_fails_gives_it_back_once_whatever_the_way_C4(string way)
    {
        var journey = Failed(way);

        Assert.Equal("Failed", journey.Order.State);
        Assert.Equal([journey.Order], journey.LimitsReturned);

        journey.Callback(No).Callback(Silence);
        Assert.Single(journey.LimitsReturned);
        Assert.Equal<long>([4, 7], journey.Order.LimitCounters);
    }

    [Fact]
    public void an_order_that_succeeds_or_of_which_nobody_knows_keeps_it_C4()
    {
        Assert.Empty(Holding(Journey.Started()).Answer(Yes).Callback(No).LimitsReturned);
        Assert.Empty(Holding(Journey.Started()).Answer(Silence).Query(Silence).LimitsReturned);
        Assert.Empty(Holding(Journey.Started()).Answer(NotSent).LimitsReturned);
    }

    [Fact]
    public void a_success_after_the_failure_takes_it_again_once_C4()
    {
        var journey = Failed("refused while sending").Callback(Yes).Callback(Yes);

        Assert.Equal("Failed", journey.Order.State);
        Assert.Equal([journey.Family.InstitutionOrders[0]], journey.LimitsTakenAgain);
        Assert.Single(journey.LimitsReturned);
    }

    [Fact]
    public void an_order_without_limits_asks_for_nothing_C4()
    {
        var journey = Journey.Started().Answer(No).Callback(Yes);

        Assert.Empty(journey.LimitsReturned);
        Assert.Empty(journey.LimitsTakenAgain);
    }

    [Fact]
    public void what_a_route_takes_of_the_limits_is_taken_by_the_order_that_it_makes_C4()
    {
        var claim = new LimitClaim(new LimitCounter(11, "pay", "day", "", FakeWorld.Day), IsBusy: true, 1_000_00, null);
        var world = new FakeWorld();
        var unit = new UnitOfWork(Journey.Opened(world).Family, world.Context());
        var leg = new PaymentInstruction
        {
            Id = world.NextId(FakeWorld.Day),
            TradeId = unit.Family.Trade.Id,
            Amount = Journey.Price,
            CreatedAt = world.Now,
            PaymentId = world.NextId(FakeWorld.Day),
            Leg = 1,
            Method = PaymentMethod.OnlineBanking,
            PayerAccount = "6222…0001",
        };
        unit.Family.Add(leg);

        var order = new CreateInstitutionOrder(world.NextId(FakeWorld.Day), leg.Id, 1, Route.To(world.Channel, "pay", limits: [claim]), "11-1").Create(unit);

        Assert.Equal([new LimitTaking(order, claim)], unit.LimitsTaken);
    }

    private static Journey Failed(string way) => way switch
    {
        "refused while sending" => Holding(Journey.Started()).Answer(No),
        "refused while it was accepted" => Holding(Journey.Started()).Answer(Later).Callback(No),
        "refused while nobody knew" => Holding(Journey.Started()).Answer(Silence).Query(No),
        "refused by hand on the work list" => OnWorkList().Callback(No),
        "refused while it waited for its application" => Holding(Journey.Started(FakeWorld.Apart())).Callback(No),
        "nothing was sent in the end" => NeverSent(),
        "nothing was sent and it was not tried again" => TooLate(),
        _ => Holding(Journey.Started(FakeWorld.Apart())).Wait(TimeSpan.FromDays(1)).SendExpires(),
    };

    private static Journey Holding(Journey journey)
    {
        journey.Order.LimitCounters = [4, 7];
        return journey;
    }

    private static Journey OnWorkList()
    {
        var journey = Holding(Journey.Started()).Answer(Silence);
        while (journey.Order.State != InstitutionOrderStates.OnWorkList)
        {
            journey.Query(Silence);
        }

        return journey;
    }

    private static Journey NeverSent()
    {
        var journey = Holding(Journey.Started());
        while (journey.Answer(NotSent).Order.State == InstitutionOrderStates.Ready)
        {
            journey.DispatchAgain();
        }

        return journey;
    }

    private static Journey TooLate() => Holding(Journey.Started()).Answer(NotSent).Wait(TimeSpan.FromDays(1)).DispatchAgain();
}
