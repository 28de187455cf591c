using PaymentEngine.Core;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>What routing asks tens of times in every decision is answered from memory.</summary>
public sealed class RouteConditionsTests(EngineWorld world) : EngineTests(world)
{
    private const string Channel = "sim-card";
    private const string Card = "6a5f0c3e9d81b2f4a7c6e5d4f3b2a190";

    private static readonly RouteFacts Facts = new()
    {
        Operation = "pay",
        Merchant = "M1001",
        Member = "P1",
        Mode = "quick",
        Amount = new Money(88_00, Currency.Parse("CNY")),
        OrderNo = "A-1",
        LocalTime = TestDatabase.Morning.DateTime,
        Card = Card,
        TargetInstitution = "CMB",
    };

    private RouteConditions Conditions => Engine.Part<RouteConditions>();

    [Fact]
    [Trait("Rule", "C4")]
    public void what_was_refused_a_moment_ago_is_not_asked_for_again_unless_somebody_has_to_be_sure_C4()
    {
        var (channel, known, limit) = Plan();
        Assert.True(Conditions.Fits(channel, known, limit, Facts));

        Conditions.NoteFull(limit.CounterOf(101, known, Facts), 88_00);
        Assert.False(Conditions.Fits(channel, known, limit, Facts));
        Assert.True(Conditions.Fits(channel, known, limit, Facts with { Amount = new Money(87_99, Facts.Amount.Currency) }));
        Assert.True(Conditions.WithoutMemories.Fits(channel, known, limit, Facts));
    }

    [Fact]
    public async Task answers_are_made_of_nothing_also_when_nothing_is_well()
    {
        var (channel, known, limit) = Plan();
        for (var i = 0; i < 12; i++)
        {
            Engine.Part<ChannelHealth>().Count(Channel, "CMB", HealthSteps.Failure);
        }

        Engine.Part<CardMemory>().KeepAway(Card, Channel, World.Now.AddMinutes(30));
        await Engine.Part<ReserveDesk>().SetAsync(Channel, Facts.Amount.Currency, 1, 1, "wu", CancellationToken.None);
        Conditions.NoteFull(limit.CounterOf(101, known, Facts), 88_00);
        var conditions = Conditions;
        Assert.Equal(-12, conditions.HealthOf(Channel, "CMB"));
        Assert.Equal(
            (true, false, false, false, 0),
            (conditions.FailedForCard(Card, Channel), conditions.IsSpent(Card), conditions.Covers(Channel, Facts), conditions.Fits(channel, known, limit, Facts), conditions.BacklogOf(Channel)));
        Ask(conditions, channel, known, limit);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Ask(conditions, channel, known, limit);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Ask(RouteConditions conditions, ChannelPlan channel, InterfacePlan known, LimitPlan limit)
    {
        conditions.HealthOf(Channel, "CMB");
        conditions.MayProbe(Channel, "CMB");
        conditions.BacklogOf(Channel);
        conditions.Covers(Channel, Facts);
        conditions.FailedForCard(Card, Channel);
        conditions.IsSpent(Card);
        conditions.Fits(channel, known, limit, Facts);
        conditions.VolumeOf(Channel);
    }

    private static (ChannelPlan Channel, InterfacePlan Known, LimitPlan Limit) Plan()
    {
        var limit = new LimitRule { Name = "daily", Currency = "CNY", Period = LimitPeriod.Day, Per = LimitSubject.Card, Amount = 1_000 };
        var setup = new RoutingSetup
        {
            Channels = [new RoutedChannel { Code = Channel, Interfaces = [new RoutedInterface { Code = "pay", Operation = "pay", Limits = [limit] }] }],
        };
        var channel = new SetupCompiler(new Dictionary<string, PaymentEngine.Routing.Scoring.ScriptInForce>(), TestDatabase.Calendar).Compile(setup, version: 1).Channels[0];
        return (channel, channel.Interfaces[0], channel.Interfaces[0].Limits[0]);
    }
}
