using PaymentEngine.Core;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Routing.Text;
using PaymentEngine.Store.Seeds;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>Operations learn from the demonstration, so it must do what it says.</summary>
public sealed class DemoSetupTests
{
    private static readonly RoutingSetup Setup = RoutingText.Read(DemoRouting.Setup).Setup;

    private static readonly RouteTable Table = Scene.Table(Setup, [.. DemoRouting.Scripts.Select(script => Scene.Script(script.Key, script.Value))]);

    [Theory]
    [InlineData("quick")]
    [InlineData("online_banking")]
    [InlineData("wallet")]
    public void What_says_nothing_of_itself_finds_a_channel_at_any_hour_and_with_any_amount(string mode)
    {
        var router = new Router(Table);
        for (var minute = 0; minute < 7 * 24 * 60; minute += 5)
        {
            var now = Scene.Noon.AddMinutes(minute);
            Assert.All((long[])[1, 88_00, 1_000_000_000_000], minor => Assert.NotNull(
                router.Route(new RouteQuestion(Bare(now) with { Mode = mode, Amount = new Money(minor, Currency.Parse("CNY")) }, now, new Conditions(), [])).Channel));
        }
    }

    [Theory]
    [InlineData("CMB", 12, 0, "sim-cmb")]
    [InlineData("CMB", 23, 55, "sim-card")]
    [InlineData("PSBC", 21, 0, "sim-card")]
    [InlineData("HXB", 12, 0, "sim-union")]
    [InlineData("ZZZ", 12, 0, "sim-card")]
    [InlineData(null, 12, 0, "sim-card")]
    public void Banks_and_hours_decide(string? bank, int hour, int minute, string channel)
    {
        var now = Scene.Calendar.MomentOf(new DateOnly(2026, 11, 20), new TimeOnly(hour, minute));

        var decision = new Router(Table).Route(new RouteQuestion(Bare(now) with { TargetInstitution = bank }, now, new Conditions(), []));

        Assert.Equal(channel, decision.Channel!.Code);
    }

    [Fact]
    public void Every_kind_of_rule_is_in_it()
    {
        var interfaces = Setup.Channels.SelectMany(channel => channel.Interfaces).ToList();

        Assert.Equal(12, Setup.Channels.Count);
        Assert.Contains(Setup.Channels, channel => channel.Windows.Any(window => window.Recurs && window.Institution is not null));
        Assert.Contains(Setup.Channels, channel => channel.Windows.Any(window => !window.Recurs));
        Assert.Contains(Setup.Channels, channel => channel.Cost!.Tiers.Count == 3);
        Assert.Contains(Setup.Channels, channel => channel.Priority.Count == 3);
        Assert.Equal(["pay", "payout", "refund"], interfaces.Select(known => known.Operation).Distinct().Order());
        Assert.Equal(Enum.GetValues<LimitSubject>(), interfaces.SelectMany(known => known.Limits).Select(limit => limit.Per).Distinct().Order());
        Assert.Equal(
            DemoRouting.Scripts.Keys.Order(),
            Setup.Channels.SelectMany(channel => channel.Priority.Concat(channel.Weight)).Select(score => score.Script).OfType<string>().Distinct().Order());
    }

    private static RouteFacts Bare(DateTimeOffset now) => Scene.Facts(now) with { TargetInstitution = null, DebitCredit = null };
}
