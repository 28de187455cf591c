using PaymentEngine.Core.Directory;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Table;
using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

public sealed class RouterTests
{
    [Fact]
    [Trait("Rule", "C5")]
    public void The_highest_priority_goes_first_whatever_the_weights()
    {
        var router = Scene.Router(Scene.Channel("LOW", priority: 99, weight: 1_000), Scene.Channel("HIGH", priority: 100, weight: 1));

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal("HIGH", router.Route().Channel!.Code));
    }

    [Theory]
    [Trait("Rule", "C5")]
    [InlineData(100, -30, "A")]
    [InlineData(100, -150, "B")]
    public void The_parts_of_a_priority_are_added_and_never_fall_below_zero(decimal stability, decimal cost, string chosen)
    {
        var scored = Scene.Channel("A") with
        {
            Priority = [new Score { Category = "stability", Value = stability }, new Score { Category = "cost", Value = cost }],
        };

        Assert.Equal(chosen, Scene.Router(scored, Scene.Channel("B", priority: 1)).Route().Channel!.Code);
    }

    [Theory]
    [Trait("Rule", "C5")]
    [InlineData("ret 70000000000000000000000000000")]
    [InlineData("ret -70000000000000000000000000000")]
    [InlineData("ret 9223372036854775807")]
    [InlineData("ret 1 << 1000")]
    [InlineData("ret 0.0000000000000000000000000001")]
    [InlineData("ret 1 / 3")]
    [InlineData("a = [1]\nret a[5]")]
    public void Whatever_number_a_script_comes_to_a_payment_is_routed_and_explained(string text)
    {
        var wild = new Score { Category = "wild", Script = "wild" };
        var more = wild with { Category = "more" };
        RoutedChannel[] channels =
        [
            Scene.Channel("A") with { Priority = [wild, more], Weight = [wild, more], Interfaces = [Scene.Interface() with { Priority = [wild, more], Weight = [wild, more] }] },
            Scene.Channel("B") with { Priority = [wild, more] },
            Scene.Channel("C", priority: 0),
        ];
        var setup = Scene.Setup(channels);
        var router = new Router(Scene.Table(setup, Scene.Script("wild", text)));

        for (var turn = 0; turn < 100; turn++)
        {
            var decision = router.Route();

            Assert.NotNull(decision.Channel);
            Assert.Equal(decision.Channel.Code, Explanation.Read(decision.Explanation, setup).Channel);
        }
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void A_score_is_never_above_a_million_million()
    {
        var setup = Scene.Setup(Scene.Channel("A", priority: 1_000_000_000_000_000) with { Weight = [new Score { Category = "wild", Script = "wild" }] });
        var router = new Router(Scene.Table(setup, Scene.Script("wild", "ret 70000000000000000000000000000")));

        var candidate = Assert.Single(Explanation.Read(router.Route().Explanation, setup).Candidates);

        Assert.Equal((ScoreRule.Most, ScoreRule.Most), (candidate.Priority, candidate.Weight));
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void A_channel_without_an_account_in_the_currency_is_removed_and_the_reason_is_told()
    {
        var setup = Scene.Setup(Scene.Channel("A"));
        var table = new SetupCompiler(new Dictionary<string, ScriptInForce>(), Scene.Calendar, new EngineDirectory([], [], [])).Compile(setup, version: 7);

        var decision = new Router(table).Route();

        Assert.Null(decision.Channel);
        Assert.Equal("has no account in the currency", Assert.Single(Explanation.Read(decision.Explanation, setup).Removals).Words);
    }

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData("debit", "app", "EXACT")]
    [InlineData("debit", "web", "KIND")]
    [InlineData("credit", "app", "MODE")]
    [InlineData(null, "app", "MODE")]
    [InlineData(null, null, "MODE")]
    public void The_most_exact_class_counts(string? cardKind, string? terminal, string chosen)
    {
        var setup = new RoutingSetup
        {
            Channels = [Scene.Channel("EXACT"), Scene.Channel("KIND"), Scene.Channel("MODE")],
            Classes =
            [
                new PaymentClass { Mode = "quick", Channels = ["MODE"] },
                new PaymentClass { Mode = "quick", CardKind = "debit", Channels = ["KIND"] },
                new PaymentClass { Mode = "quick", CardKind = "debit", Terminal = "app", Channels = ["EXACT"] },
            ],
        };
        var router = new Router(Scene.Table(setup));

        Assert.Equal(chosen, router.Route(Scene.Facts() with { CardKind = cardKind, Terminal = terminal }).Channel!.Code);
        Assert.Null(router.Route(Scene.Facts() with { Mode = "wallet" }).Channel);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public void Every_filter_removes_with_its_own_reason()
    {
        var conditions = new Conditions { WithoutCover = { "POOR" }, Backlog = { ["LATE"] = 11 }, Failed = { ("card-1", "BURNT") }, FullLimits = { "day" } };
        var router = Scene.Router(
            Payout("OFF") with { Enabled = false },
            Payout("TRIED"),
            Payout("PICKY") with { Features = [Wants("partner_id", "M1"), Wants("target_inst", "ICBC")] },
            Payout("ASLEEP") with { Windows = [new MaintenanceWindow { From = new TimeOnly(11, 0), To = new TimeOnly(13, 0), Reason = "lunch" }] },
            Payout("LATE") with { MaximumBacklog = 10 },
            Payout("POOR"),
            Payout("BURNT"),
            Scene.Channel("PAYS-IN"),
            WithInterface("FAR", known => known with { Institutions = ["ICBC", "BOC"] }),
            WithInterface("SMALL", known => known with { Limits = [new LimitRule { Name = "single", Currency = "CNY", SingleMinimum = 1, SingleMaximum = 50 }] }),
            WithInterface("FULL", known => known with { Limits = [new LimitRule { Name = "day", Currency = "CNY", Period = LimitPeriod.Day, Amount = 1_000_000 }] }),
            WithInterface("OFTEN", known => known with { Limits = [new LimitRule { Name = "day", Currency = "CNY", Institution = "CMB", Period = LimitPeriod.Month, Per = LimitSubject.Card, Amount = 1_000_000, Count = 1 }] }),
            WithInterface("FITS", known => known with { Limits = [new LimitRule { Name = "dollars", Currency = "USD", SingleMaximum = 1 }] }));

        var decision = router.Route(Scene.Facts() with { Operation = "payout" }, conditions, "TRIED");

        Assert.Equal("FITS", decision.Channel!.Code);
        Assert.Equal(
            [
                "OFF: is switched off",
                "TRIED: has failed for this payment already",
                "PICKY: wants target_inst = ICBC",
                "ASLEEP: is in maintenance: lunch",
                "LATE: has more than 10 orders waiting",
                "POOR: has not enough of our money",
                "BURNT: failed for this card a short while ago",
                "PAYS-IN/pay: is for pay",
                "PAYS-IN: has no interface left",
                "FAR/out: does not reach the institution",
                "FAR: has no interface left",
                "SMALL/out: takes amounts from 1 to 50 CNY",
                "SMALL: has no interface left",
                "FULL/out: has reached its limit 'day' of 1,000,000 CNY a day",
                "FULL: has no interface left",
                "OFTEN/out: has reached its limit 'day' of 1,000,000 CNY or 1 order a month per card with CMB",
                "OFTEN: has no interface left",
            ],
            InWords(decision, router));
    }

    [Fact]
    [Trait("Rule", "C7")]
    [Trait("Rule", "C8")]
    public void Backlog_and_reserve_are_the_business_of_payouts()
    {
        var conditions = new Conditions { WithoutCover = { "A" }, Backlog = { ["A"] = 11 } };

        Assert.NotNull(Scene.Router(Scene.Channel("A") with { MaximumBacklog = 10 }).Route(conditions: conditions).Channel);
    }

    [Theory]
    [Trait("Rule", "C6")]
    [InlineData(0, 100)]
    [InlineData(-1, 90)]
    [InlineData(-5, 50)]
    [InlineData(-9, 10)]
    [InlineData(-10, 0)]
    [InlineData(-20, 0)]
    public void Each_point_of_health_below_zero_takes_a_tenth_off_the_weight(int health, int turnsOfHundred)
    {
        var router = Scene.Router(Scene.Channel("SICK"), Scene.Channel("WELL"));
        var conditions = new Conditions { Health = { ["SICK"] = health } };
        var all = (100 + turnsOfHundred) * 10;

        var sick = Enumerable.Range(0, all).Count(_ => router.Route(conditions: conditions).Channel!.Code == "SICK");

        Assert.Equal(turnsOfHundred * 10, sick);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void Below_minus_ten_a_channel_falls_behind_healthy_ones_of_lower_priority()
    {
        var router = Scene.Router(Scene.Channel("SICK", priority: 200), Scene.Channel("WELL", priority: 1));
        var conditions = new Conditions { Health = { ["SICK"] = -11 } };

        Assert.Equal("WELL", router.Route(conditions: conditions).Channel!.Code);
        Assert.Equal("SICK", router.Route(conditions: conditions, tried: "WELL").Channel!.Code);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void An_ailing_channel_is_tried_with_a_trickle_of_real_traffic()
    {
        var router = Scene.Router(Scene.Channel("SICK"), Scene.Channel("WELL"));
        var conditions = new Conditions { Health = { ["SICK"] = -20 }, DueForAProbe = { "SICK" } };

        var probe = router.Route(conditions: conditions);

        Assert.Equal("SICK", probe.Channel!.Code);
        Assert.True(Explanation.Read(probe.Explanation, Setup(router)).WasProbe);
        Assert.Equal("WELL", router.Route(conditions: conditions).Channel!.Code);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void A_channel_that_would_not_be_chosen_in_health_is_not_tried_in_sickness()
    {
        var router = Scene.Router(Scene.Channel("SICK", priority: 1), Scene.Channel("WELL"));
        var conditions = new Conditions { Health = { ["SICK"] = -20 }, DueForAProbe = { "SICK" } };

        Assert.Equal("WELL", router.Route(conditions: conditions).Channel!.Code);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Scripts_weigh_channels_by_what_they_cost()
    {
        var script = Scene.Script("cheap", "ret 100 - cost * 100");
        var setup = Scene.Setup(Priced("DEAR", 0.6m), Priced("CHEAP", 0.3m));
        var router = new Router(Scene.Table(setup, script));

        Assert.Equal("CHEAP", router.Route().Channel!.Code);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void A_tier_is_chosen_by_the_volume_of_the_month()
    {
        var cost = new CostRule(new ChannelCost
        {
            Tiers = [new CostTier { Percent = 0.6m, Minimum = 0.1m, Maximum = 20 }, new CostTier { FromVolume = 1_000_000, Percent = 0.3m, Fixed = 0.05m }],
        });

        Assert.Equal(0.1m, cost.Of(10, 0));
        Assert.Equal(6, cost.Of(1_000, 999_999));
        Assert.Equal(20, cost.Of(10_000, 0));
        Assert.Equal(3.05m, cost.Of(1_000, 1_000_000));
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void When_the_active_version_fails_the_last_good_one_decides()
    {
        var good = Scene.Script("p", "ret 200", version: 4).Active;
        var script = Scene.Script("p", "ret 1 // (time - 1200)", version: 5) with { LastGood = good };
        var setup = Scene.Setup(
            Scene.Channel("SCRIPTED") with { Priority = [new Score { Category = "script", Script = "p" }] }, Scene.Channel("FIXED"));
        var router = new Router(Scene.Table(setup, script));

        var decision = router.Route();

        Assert.Equal("SCRIPTED", decision.Channel!.Code);
        Assert.Equal(
            [new ExplainedScript("p", 5, Failed: true), new ExplainedScript("p", 4, Failed: false)],
            Explanation.Read(decision.Explanation, setup).Scripts);
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void A_version_on_trial_decides_for_its_share_and_for_a_transaction_always_the_same()
    {
        var trial = Scene.Script("p", "ret 200", version: 2).Active;
        var script = Scene.Script("p", "ret 1") with { OnTrial = trial, TrialPercent = 10 };
        var setup = Scene.Setup(
            Scene.Channel("SCRIPTED") with { Priority = [new Score { Category = "script", Script = "p" }] }, Scene.Channel("FIXED"));
        var router = new Router(Scene.Table(setup, script));
        string Chosen(int order) => router.Route(Scene.Facts() with { OrderNo = $"order-{order}" }).Channel!.Code;

        var onTrial = Enumerable.Range(0, 10_000).Count(order => Chosen(order) == "SCRIPTED");

        Assert.InRange(onTrial, 900, 1_100);
        Assert.All(Enumerable.Range(0, 100), order => Assert.Equal(Chosen(order), Chosen(order)));
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void When_a_version_on_trial_fails_the_active_one_decides()
    {
        var trial = Scene.Script("p", "ret 1 // (time - 1200)", version: 2).Active;
        var script = Scene.Script("p", "ret 200") with { OnTrial = trial, TrialPercent = 100 };
        var setup = Scene.Setup(
            Scene.Channel("SCRIPTED") with { Priority = [new Score { Category = "script", Script = "p" }] }, Scene.Channel("FIXED"));

        var decision = new Router(Scene.Table(setup, script)).Route();

        Assert.Equal("SCRIPTED", decision.Channel!.Code);
        Assert.Equal(
            [new ExplainedScript("p", 2, Failed: true), new ExplainedScript("p", 1, Failed: false)],
            Explanation.Read(decision.Explanation, setup).Scripts);
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void Without_any_weight_there_is_no_route()
    {
        var router = Scene.Router(Scene.Channel("A", weight: 0));

        var decision = router.Route();

        Assert.Null(decision.Channel);
        Assert.Equal(["A: has no weight"], InWords(decision, router));
    }

    private static RoutingSetup Setup(Router router) => new() { Channels = [.. router.Table.Channels.Select(plan => plan.Setup)] };

    private static string[] InWords(RouteDecision decision, Router router) =>
        [.. Explanation.Read(decision.Explanation, Setup(router)).Removals
            .Select(removal => $"{removal.Channel}{(removal.Interface is { } known ? "/" + known : "")}: {removal.Words}")];

    private static RoutedChannel Payout(string code) => WithInterface(code, known => known);

    private static RoutedChannel WithInterface(string code, Func<RoutedInterface, RoutedInterface> change) =>
        Scene.Channel(code) with { Interfaces = [change(new RoutedInterface { Code = "out", Operation = "payout" })] };

    private static RoutedChannel Priced(string code, decimal percent) => Scene.Channel(code) with
    {
        Priority = [new Score { Category = "cost", Script = "cheap" }],
        Cost = new ChannelCost { Tiers = [new CostTier { Percent = percent }] },
    };

    private static Feature Wants(string element, string value) =>
        new() { Element = element, Operator = FeatureOperator.Equals, Values = [value] };
}
