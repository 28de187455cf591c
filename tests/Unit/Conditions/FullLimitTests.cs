using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Tests.Unit.Routing;
using PaymentEngine.Tests.Unit.Support;
using Xunit;

namespace PaymentEngine.Tests.Unit.Conditions;

/// <summary>What was refused a moment ago is not asked for again at once.</summary>
[Trait("Rule", "C4")]
public sealed class FullLimitTests
{
    private const int Channel = 101;

    private readonly FakeClock _clock = new();
    private readonly FullLimits _limits;

    public FullLimitTests() => _limits = new FullLimits(_clock);

    [Fact]
    public void for_a_second_as_much_does_not_fit_and_less_does_C4()
    {
        var (known, limit) = Plan(LimitSubject.Channel);
        _limits.Note(limit.CounterOf(Channel, known, Of(50)), 50_00);
        _limits.Note(limit.CounterOf(Channel, known, Of(80)), 80_00);

        Assert.True(_limits.Fits(Channel, known, limit, Of(49)));
        Assert.False(_limits.Fits(Channel, known, limit, Of(50)));
        Assert.False(_limits.Fits(Channel, known, limit, Of(80)));
        Assert.True(_limits.Fits(Channel + 1, known, limit, Of(80)));
        _limits.Note(limit.CounterOf(Channel, known, Of(20)), 20_00);
        Assert.False(_limits.Fits(Channel, known, limit, Of(20)));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_limits.Fits(Channel, known, limit, Of(80)));
        _limits.Forget();
        Assert.True(_limits.IsEmpty);
    }

    [Theory]
    [InlineData(LimitSubject.Card, "card:card-1")]
    [InlineData(LimitSubject.Member, "member:P1")]
    [InlineData(LimitSubject.Merchant, "merchant:M1")]
    [InlineData(LimitSubject.Channel, "")]
    public void a_counter_belongs_to_its_subject_and_to_nobody_else_C4(LimitSubject per, string subject)
    {
        var (known, limit) = Plan(per);
        var counter = limit.CounterOf(Channel, known, Of(50));
        Assert.Equal(new LimitCounter(Channel, "pay", "monthly", subject, new DateOnly(2026, 11, 1)), counter);

        _limits.Note(counter, 50_00);
        var other = Of(50) with { Card = "card-2", Member = "P2", Merchant = "M2" };
        Assert.Equal(per != LimitSubject.Channel, _limits.Fits(Channel, known, limit, other));
        Assert.False(_limits.Fits(Channel, known, limit, Of(50)));
        Assert.True(_limits.Fits(Channel, known, limit, Of(50) with { LocalTime = Of(50).LocalTime.AddMonths(1) }));
    }

    private static RouteFacts Of(long major) => Scene.Facts() with { Amount = new Money(major * 100, Currency.Parse("CNY")) };

    private static (InterfacePlan Known, LimitPlan Limit) Plan(LimitSubject per)
    {
        var limit = new LimitRule { Name = "monthly", Currency = "CNY", Period = LimitPeriod.Month, Per = per, Amount = 1_000 };
        var known = Scene.Table(Scene.Setup(Scene.Channel("A") with { Interfaces = [Scene.Interface() with { Limits = [limit] }] })).Channels[0].Interfaces[0];
        return (known, known.Limits[0]);
    }
}
