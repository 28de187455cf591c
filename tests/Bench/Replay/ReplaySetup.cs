using PaymentEngine.Bench.Routing;
using PaymentEngine.Core;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Scripting;

namespace PaymentEngine.Bench.Replay;

/// <summary>A dozen channels with scripts, features, limits and costs; a draft gives the last of them some weight.</summary>
internal static class ReplaySetup
{
    private const int Channels = 12;

    public static RouteTable Table(decimal newChannelWeight)
    {
        var scripts = new[] { Script("priority", LargeSetup.Priority), Script("weight", LargeSetup.Weight) };
        return new SetupCompiler(scripts.ToDictionary(script => script.Name), new BusinessCalendar(TimeZoneInfo.Utc)).Compile(
            new RoutingSetup
            {
                Classes = [new PaymentClass { Mode = "quick", Channels = [.. Enumerable.Range(0, Channels).Select(Code)] }],
                Channels = [.. Enumerable.Range(0, Channels).Select(i => Channel(i, newChannelWeight))],
            },
            version: 1);
    }

    private static RoutedChannel Channel(int i, decimal newChannelWeight) => new()
    {
        Code = Code(i),
        Priority = [new Score { Category = "time", Script = "priority" }],
        Weight = [i == Channels - 1 ? new Score { Category = "base", Value = newChannelWeight } : new Score { Category = "cost", Script = "weight" }],
        Features = [new Feature { Element = "amount", Operator = FeatureOperator.Between, Values = [$"{i * 100}", "8000"] }],
        Cost = new ChannelCost { Tiers = [new CostTier { Percent = 0.2m + i * 0.03m, Minimum = 0.1m }] },
        Interfaces =
        [
            new RoutedInterface
            {
                Code = "pay",
                Operation = "pay",
                Limits = [new LimitRule { Name = "day", Currency = "CNY", Period = LimitPeriod.Day, SingleMaximum = 7_500, Amount = 10_000_000 }],
            },
        ],
    };

    private static ScriptInForce Script(string name, string text) => new(name, new ScoreScript(1, RuleScript.Compile(text, ScoreModel.Schema)));

    private static string Code(int i) => $"channel-{i:00}";
}
