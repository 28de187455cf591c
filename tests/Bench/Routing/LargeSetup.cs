using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Scripting;

namespace PaymentEngine.Bench.Routing;

/// <summary>
/// 200 channels with 5 interfaces each, and 10 features on every one of these 1,200. The class of the payments has 40
/// of the channels, of which 12 pass their features; a feature that removes may be the first or the last of its list.
/// </summary>
internal static class LargeSetup
{
    public const int Channels = 200;
    public const int OfClass = 40;
    public const int Passing = 12;

    private const int Interfaces = 5;
    private const int Features = 10;

    /// <summary>As DOMAIN.md has it: priority by time of day, bank and merchant.</summary>
    public const string Priority = """
        if ((time >= 2350 || time <= 50) && target_inst == "CMB") || ((time >= 2030 || time <= 300) && target_inst == "PSBC")
          ret 50
        else if partner_id == "200002394692" || partner_id == "200002394691"
          ret 200
        else
          ret 130
        end
        """;

    public const string Weight = """
        if health < -5
          ret 10
        else if cost > 5
          ret 50
        else
          ret 150 - cost * 20
        end
        """;

    private static readonly BusinessCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    public static RouteTable Table(RoutingSetup setup) => new SetupCompiler(
        new[] { Script("priority", Priority), Script("weight", Weight) }.ToDictionary(script => script.Name), Calendar).Compile(setup, version: 12);

    public static RoutingSetup Usual() => Setup(
        OfClass, i => i % 10 is 0 or 3 or 6 ? [] : [(i * 7 % Features, Wants("target_inst", FeatureOperator.In, "BOC", "CCB", "ABC"))], "CMB", "ICBC", "PSBC");

    /// <summary>Every channel is of the class and passes; each of its interfaces is removed by its last feature or its operation.</summary>
    public static RoutingSetup Crowded() => Setup(Channels, _ => [], "BOC", "CCB", "ABC");

    /// <summary>They differ as payments do; which channels pass does not depend on it.</summary>
    public static RouteFacts[] Facts() => [.. Enumerable.Range(0, 64).Select(i => new RouteFacts
    {
        Operation = "pay",
        Merchant = i % 8 == 0 ? "200002394692" : $"2000023946{i}",
        Member = $"member-{i}",
        Mode = "quick",
        Amount = new Money(88_00 + i * 1_37, Currency.Parse("CNY")),
        OrderNo = $"ORDER-2026112000{i:00}",
        LocalTime = new DateTime(2026, 11, 20, i % 24, i % 60, 0),
        Product = "quick-pay",
        Terminal = "app",
        CardKind = "debit",
        DebitCredit = "debit",
        Ownership = "personal",
        TargetInstitution = i % 2 == 0 ? "CMB" : "PSBC",
        Agreement = $"agreement-{i}",
        Card = $"card-{i}",
    })];

    /// <param name="ofClass">How many channels the class of the payments has.</param>
    /// <param name="removing">Features of the i-th channel of the class that a payment does not meet, and their places.</param>
    /// <param name="reached">What the last feature of each interface wants of the institution.</param>
    private static RoutingSetup Setup(int ofClass, Func<int, (int Place, Feature Feature)[]> removing, params string[] reached)
    {
        var stride = Channels / ofClass;
        return new RoutingSetup
        {
            Channels = [.. Enumerable.Range(0, Channels).Select(i => Channel(i, i % stride == 0 ? removing(i / stride) : [], reached))],
            Classes =
            [
                new PaymentClass { Mode = "quick", Channels = [.. Enumerable.Range(0, Channels).Select(Code)] },
                new PaymentClass { Mode = "quick", CardKind = "debit", Channels = [.. Enumerable.Range(0, Channels).Where(i => i % 2 == 0).Select(Code)] },
                new PaymentClass
                {
                    Mode = "quick", CardKind = "debit", Terminal = "app",
                    Channels = [.. Enumerable.Range(0, Channels).Where(i => i % stride == 0).Select(Code)],
                },
            ],
        };
    }

    private static RoutedChannel Channel(int i, (int Place, Feature Feature)[] removing, string[] reached) => new()
    {
        Code = Code(i),
        Priority = [new Score { Category = "time", Script = "priority" }, new Score { Category = "stability", Value = i % 3 == 0 ? 20 : 0 }],
        Weight = [new Score { Category = "cost", Script = "weight" }],
        Features = With(Usual("terminal", "app", "web"), removing),
        Windows = i % 4 == 0 ? [new MaintenanceWindow { From = new TimeOnly(23, 50), To = new TimeOnly(0, 30), Institution = "HXB" }] : [],
        Cost = new ChannelCost
        {
            Tiers = [new CostTier { Percent = 0.5m + i % 5 * 0.05m, Minimum = 0.1m, Maximum = 25 }, new CostTier { FromVolume = 1_000_000, Percent = 0.3m }],
        },
        Interfaces = [.. Enumerable.Range(0, Interfaces).Select(place => Interface(place, reached))],
    };

    private static RoutedInterface Interface(int place, string[] reached) => new()
    {
        Code = $"i{place}",
        Operation = place switch { 3 => "refund", 4 => "payout", _ => "pay" },
        Features = With(
            Usual("partner_id", "9", "8"),
            [
                (0, Wants("partner_id", FeatureOperator.NotIn, "100000000001", "100000000002", "100000000003")),
                (Features - 1, Wants("target_inst", FeatureOperator.In, place == 2 ? ["BOC"] : reached)),
            ]),
        Limits =
        [
            new LimitRule { Name = "single", Currency = "CNY", SingleMinimum = 0.01m, SingleMaximum = 50_000 },
            new LimitRule { Name = "day", Currency = "CNY", Period = LimitPeriod.Day, Amount = 10_000_000, Count = 100_000 },
            new LimitRule { Name = "card", Currency = "CNY", Period = LimitPeriod.Month, Per = LimitSubject.Card, Amount = 50_000 },
        ],
    };

    /// <summary>Ten features that every payment meets.</summary>
    private static Feature[] Usual(string first, params string[] values) =>
    [
        Wants(first, FeatureOperator.In, values),
        Wants("ownership", FeatureOperator.NotEquals, "corporate"),
        Wants("amount", FeatureOperator.Between, "0.01", "50000"),
        Wants("card_kind", FeatureOperator.Equals, "debit"),
        Wants("order_no", FeatureOperator.NotContains, "TEST"),
        Wants("weekday", FeatureOperator.In, "1", "2", "3", "4", "5", "6", "7"),
        Wants("debit_credit", FeatureOperator.Equals, "debit"),
        Wants("day", FeatureOperator.Greater, "20200101"),
        Wants("product", FeatureOperator.NotIn, "gateway", "b2b", "payout"),
        Wants("target_inst", FeatureOperator.NotEquals, "HXB"),
    ];

    private static Feature[] With(Feature[] features, (int Place, Feature Feature)[] others)
    {
        foreach (var (place, other) in others)
        {
            features[place] = other;
        }

        return features;
    }

    private static Feature Wants(string element, FeatureOperator wanted, params string[] values) =>
        new() { Element = element, Operator = wanted, Values = values };

    private static ScriptInForce Script(string name, string text) =>
        new(name, new ScoreScript(1, RuleScript.Compile(text, ScoreModel.Schema)));

    private static string Code(int i) => $"channel-{i:000}";
}
