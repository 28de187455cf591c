using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C1")]
public sealed class SetupCompilerTests
{
    [Fact]
    public void A_setup_of_nonsense_is_not_answered_with_a_longer_one()
    {
        var setup = Scene.Setup(Scene.Channel("A") with { Interfaces = [.. Enumerable.Repeat(Scene.Interface() with { Operation = "guess" }, 5_000)] });

        Assert.Equal(100, Assert.Throws<UnfitSetupException>(() => Scene.Table(setup)).Errors.Count);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_setup_is_said_at_once()
    {
        var setup = new RoutingSetup
        {
            Classes =
            [
                new PaymentClass { Mode = "quick", Channels = ["A", "NOWHERE"] },
                new PaymentClass { Mode = "quick", Terminal = "app" },
            ],
            Channels =
            [
                Scene.Channel("A") with
                {
                    Features = [new Feature { Element = "colour", Operator = FeatureOperator.Equals, Values = ["red"] }],
                    Windows = [new MaintenanceWindow { From = new TimeOnly(1, 0) }],
                    Priority = [new Score { Category = "cost", Script = "missing" }, new Score { Category = "both" }],
                    Interfaces =
                    [
                        Scene.Interface() with
                        {
                            Operation = "guess",
                            Institutions = ["CMB"],
                            Limits =
                            [
                                new LimitRule { Name = "a", Currency = "CNY", SingleMinimum = 2, SingleMaximum = 1 },
                                new LimitRule { Name = "b", Currency = "CNY", Amount = 1 },
                                new LimitRule { Name = "c", Currency = "RMB", SingleMaximum = 1 },
                                new LimitRule { Name = "d", Currency = "JPY", SingleMaximum = 0.5m },
                                new LimitRule { Name = "e", Currency = "CNY", SingleMaximum = 5, Institution = "ICBC" },
                                new LimitRule { Name = "f", Currency = "CNY" },
                            ],
                        },
                    ],
                },
                Scene.Channel("A"),
            ],
        };

        var errors = Assert.Throws<UnfitSetupException>(() => Scene.Table(setup)).Errors.Select(error => error.ToString());

        Assert.Equal(
            [
                "channels: 'A' is there twice",
                "channels[A].features[0]: 'colour' is no element; there are partner_id, member_id, product, mode, terminal, card_kind, debit_credit, ownership, target_inst, agreement, order_no, currency, amount, time, day, weekday",
                "channels[A].windows[0]: a recurring window needs from and to",
                "channels[A].priority[cost]: there is no script 'missing' in force",
                "channels[A].priority[both]: is either a value or a script",
                "channels[A].interfaces[pay].operation: 'guess' is none of pay, payout, refund",
                "channels[A].interfaces[pay].limits[a]: the single maximum is not below the minimum",
                "channels[A].interfaces[pay].limits[b]: an amount or a count of a day or month needs its period, and a period needs one of them",
                "channels[A].interfaces[pay].limits[c].currency: 'RMB' is no currency",
                "channels[A].interfaces[pay].limits[d].single_maximum: 0.5 is no amount of JPY",
                "channels[A].interfaces[pay].limits[e].institution: the interface does not reach 'ICBC'",
                "channels[A].interfaces[pay].limits[f]: limits nothing",
                "classes[quick].channels: there is no channel 'NOWHERE'",
                "classes[quick/app]: a terminal goes with a card kind",
            ],
            errors);
    }

    [Fact]
    public void A_window_that_never_is_is_refused()
    {
        var now = Scene.Noon;
        var windows = new[]
        {
            new MaintenanceWindow(),
            new MaintenanceWindow { Begins = now },
            new MaintenanceWindow { Begins = now, Ends = now },
            new MaintenanceWindow { From = new TimeOnly(1, 0), To = new TimeOnly(1, 0) },
            new MaintenanceWindow { From = new TimeOnly(1, 0), To = new TimeOnly(2, 0), Begins = now, Ends = now.AddDays(-1) },
            new MaintenanceWindow { Days = [DayOfWeek.Monday], Begins = now, Ends = now.AddDays(30) },
        };

        Assert.Equal(6, Assert.Throws<UnfitSetupException>(() => Scene.Table(Scene.Setup(Scene.Channel("A") with { Windows = windows }))).Errors.Count);
    }

    [Fact]
    public void A_class_of_payments_that_there_are_not_is_refused()
    {
        var setup = Scene.Setup(Scene.Channel("A")) with { Classes = [new PaymentClass { Mode = "quik", Channels = ["A"] }] };

        Assert.Equal(
            "classes[quik]: no payment has the mode 'quik'; there are quick, online_banking, wallet",
            Assert.Single(Assert.Throws<UnfitSetupException>(() => Scene.Table(setup)).Errors).ToString());
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Of_two_tiers_one_counts_at_any_volume()
    {
        var cost = new ChannelCost { Tiers = [new CostTier { Fixed = 1 }, new CostTier { Fixed = 2 }, new CostTier { FromVolume = -1 }] };

        Assert.Equal(
            ["no tier begins below 0", "two tiers begin at the same volume"],
            Assert.Throws<UnfitSetupException>(() => Scene.Table(Scene.Setup(Scene.Channel("A") with { Cost = cost }))).Errors.Select(error => error.Message));
    }
}
