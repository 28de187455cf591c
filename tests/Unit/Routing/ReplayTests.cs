using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C17")]
public sealed class ReplayTests
{
    private static readonly RoutedChannel Cheap = Costing("CHEAP", 0.2m) with { Priority = [Of(50)] };
    private static readonly RoutedChannel Dear = Costing("DEAR", 0.6m);

    [Fact]
    public void Who_would_move_is_told_with_count_amount_fee_and_success()
    {
        var draft = Scene.Setup(Cheap with { Priority = [Of(200)] }, Dear);
        PastTransaction[] past =
        [
            .. Past(8, "DEAR", PastOutcome.Succeeded), .. Past(2, "DEAR", PastOutcome.Failed), .. Past(1, "DEAR", PastOutcome.Open),
            .. Past(4, "CHEAP", PastOutcome.Succeeded), .. Past(1, "CHEAP", PastOutcome.Failed),
        ];

        var report = Replay(Scene.Setup(Cheap, Dear), draft, past);

        Assert.Equal((16, 11), (report.Transactions, report.AsInReality));
        Assert.Equal("CHEAP 0.8: really 5 440.00/0.88, in force 0, draft 16 1408.00/2.82 12.8", InWords(report.Channels[0]));
        Assert.Equal("DEAR 0.8: really 11 968.00/5.81, in force 16 1408.00/8.45 12.8, draft 0", InWords(report.Channels[1]));
        var move = Assert.Single(report.Moves);
        Assert.Equal(("DEAR", "CHEAP", 16, "1408.00", "2.82"), (move.From, move.To, move.Sum.Count, $"{move.Sum.Money[0].Amount}", $"{move.Sum.Money[0].Fee}"));
        Assert.Equal(["T202611200000000001", "T202611200000000002", "T202611200000000003", "T202611200000000004", "T202611200000000005"], move.Examples);
        Assert.Equal((0, 0), (report.Draft.Unroutable, report.NoLongerRoutable.Sum.Count));
    }

    [Fact]
    public void What_is_no_longer_routable_is_told_with_reasons_and_examples()
    {
        var wants = new Feature { Element = "amount", Operator = FeatureOperator.Greater, Values = ["100"] };
        var limited = Cheap with { Interfaces = [Scene.Interface() with { Limits = [new LimitRule { Name = "single", Currency = "CNY", SingleMaximum = 50 }] }] };
        var past = Past(3, "DEAR", PastOutcome.Succeeded).ToList();
        past[2] = past[2] with { Facts = past[2].Facts with { Amount = new Money(40_00, Currency.Parse("CNY")) } };

        var report = Replay(Scene.Setup(Cheap, Dear), Scene.Setup(limited, Dear with { Features = [wants] }), past);

        Assert.Equal((2, 1), (report.Draft.Unroutable, report.Draft.Routed.Count));
        Assert.Equal((2, "176.00"), (report.NoLongerRoutable.Sum.Count, $"{report.NoLongerRoutable.Sum.Money[0].Amount}"));
        Assert.Equal(["T202611200000000001", "T202611200000000002"], report.NoLongerRoutable.Examples);
        Assert.Equal(
            [
                new ReplayReason("CHEAP", null, "has no interface left", 2),
                new ReplayReason("CHEAP", "pay", "takes amounts to 50 CNY", 2),
                new ReplayReason("DEAR", null, "wants amount above 100", 2),
            ],
            report.NoLongerRoutable.Reasons);
        Assert.Contains(report.Moves, move => move is { From: "DEAR", To: null, Sum.Count: 2 });
    }

    [Fact]
    public void A_mode_without_a_class_is_a_reason_too()
    {
        var report = Replay(Scene.Setup(Dear), new RoutingSetup { Channels = [Dear] }, Past(1, "DEAR", PastOutcome.Open));

        Assert.Equal([new ReplayReason(null, null, "no class has channels for quick", 1)], report.NoLongerRoutable.Reasons);
    }

    [Fact]
    public void The_same_setup_moves_nobody_also_among_equals()
    {
        var setup = Scene.Setup(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));

        var report = Replay(setup, setup, Past(250, "A", PastOutcome.Succeeded));

        Assert.Empty(report.Moves);
        Assert.Equal([100, 100, 50], report.Channels.Select(channel => channel.Draft.Sum.Count));
        Assert.Equal(100, report.AsInReality);
    }

    [Fact]
    public void A_channel_without_a_past_is_taken_to_be_as_good_as_all_together()
    {
        var report = Replay(
            Scene.Setup(Dear), Scene.Setup(Dear with { Enabled = false }, Scene.Channel("NEW")),
            [.. Past(3, "DEAR", PastOutcome.Succeeded), .. Past(1, "DEAR", PastOutcome.Failed), .. Past(6, null, PastOutcome.Failed)]);

        var added = report.Channels.Single(channel => channel.Code == "NEW");
        Assert.Null(added.SuccessRate);
        Assert.Equal((10, 7.5m), (added.Draft.Sum.Count, added.Draft.ExpectedSuccesses));
        Assert.Equal((10, 4), (report.InForce.Routed.Count, report.AsInReality));
    }

    [Fact]
    public void Each_currency_is_added_up_by_itself()
    {
        var yen = Past(1, "DEAR", PastOutcome.Succeeded).Select(past => past with { Facts = past.Facts with { Amount = new Money(1_000, Currency.Parse("JPY")) } });

        var report = Replay(Scene.Setup(Dear), Scene.Setup(Dear), [.. Past(2, "DEAR", PastOutcome.Succeeded), .. yen]);

        Assert.Equal(["CNY 176.00 1.06", "JPY 1000 6"], report.Draft.Routed.Money.Select(money => $"{money.Amount.Currency} {money.Amount} {money.Fee}"));
    }

    [Fact]
    public void Tiers_are_chosen_by_the_volumes_that_are_given()
    {
        var tiered = Scene.Channel("A") with
        {
            Cost = new ChannelCost { Tiers = [new CostTier { Percent = 1 }, new CostTier { FromVolume = 1_000, Percent = 0.5m }] },
        };

        var replay = new RouteReplay(Table(Scene.Setup(tiered)), Table(Scene.Setup(tiered)), new QuietConditions(_ => 1_000));
        replay.Add(Past(1, "A", PastOutcome.Open).Single() with { Trade = OrderId.Create(new DateOnly(2026, 11, 20), 1) });

        Assert.Equal("0.44", $"{replay.Report().Draft.Routed.Money[0].Fee}");
    }

    private static ReplayReport Replay(RoutingSetup inForce, RoutingSetup draft, IEnumerable<PastTransaction> past)
    {
        var replay = new RouteReplay(Table(inForce), Table(draft), new QuietConditions(_ => 0));
        foreach (var (transaction, i) in past.Select((transaction, i) => (transaction, i)))
        {
            replay.Add(transaction with { Trade = OrderId.Create(new DateOnly(2026, 11, 20), i + 1) });
        }

        return replay.Report();
    }

    private static IEnumerable<PastTransaction> Past(int count, string? channel, PastOutcome outcome) =>
        Enumerable.Repeat(new PastTransaction(default, Scene.Facts(), Scene.Noon, channel, outcome), count);

    private static string InWords(ReplayChannel channel) =>
        FormattableString.Invariant(
            $"{channel.Code} {channel.SuccessRate}: really {InWords(channel.Really)}, in force {InWords(channel.InForce)}, draft {InWords(channel.Draft)}");

    private static string InWords(ReplayShare share) =>
        share.Sum.Count == 0 ? "0" : FormattableString.Invariant($"{InWords(share.Sum)} {share.ExpectedSuccesses}");

    private static string InWords(ReplaySum sum) => $"{sum.Count} {sum.Money[0].Amount}/{sum.Money[0].Fee}";

    private static RouteTable Table(RoutingSetup setup) => Scene.Table(setup);

    private static Score Of(decimal value) => new() { Category = "base", Value = value };

    private static RoutedChannel Costing(string code, decimal percent) => Scene.Channel(code) with
    {
        Cost = new ChannelCost { Tiers = [new CostTier { Percent = percent }] },
    };
}
