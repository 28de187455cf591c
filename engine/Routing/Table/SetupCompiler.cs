using System.Collections.Frozen;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>Makes a table of a setup, or says everything that is wrong with it.</summary>
/// <param name="directory">Whose accounts channels need; null when only the setup is looked at.</param>
public sealed class SetupCompiler(IReadOnlyDictionary<string, ScriptInForce> scripts, BusinessCalendar calendar, EngineDirectory? directory = null)
{
    private static readonly FrozenSet<string> Operations = new[] { "pay", "refund", "payout" }.ToFrozenSet();

    /// <summary>Explanations name a rule by one byte, and interfaces have a bit each.</summary>
    private const int MostRules = 200;

    private const int MostInterfaces = 64;

    /// <summary>More of them help nobody, and a small document has room for many.</summary>
    private const int MostErrors = 100;

    private readonly List<SetupError> _errors = [];

    /// <exception cref="UnfitSetupException">All errors at once.</exception>
    public RouteTable Compile(RoutingSetup setup, int version)
    {
        _errors.Clear();
        CheckNames("channels", setup.Channels.Select(channel => channel.Code));
        var channels = setup.Channels.Select(Channel).ToList();
        CheckClasses(setup);
        return _errors.Count == 0 ? new RouteTable(version, channels, setup.Classes) : throw new UnfitSetupException([.. _errors]);
    }

    private ChannelPlan Channel(RoutedChannel channel, int index)
    {
        var path = $"channels[{channel.Code}]";
        CheckNames($"{path}.interfaces", channel.Interfaces.Select(known => known.Code));
        Check(channel.CardMemory >= TimeSpan.Zero, $"{path}.card_memory", "is not negative");
        Check(channel.Interfaces.Count <= MostInterfaces, $"{path}.interfaces", $"at most {MostInterfaces}");
        Check(channel.MaximumBacklog is null or >= 0, $"{path}.maximum_backlog", "is not negative");
        return new ChannelPlan(
            index,
            channel,
            Features(channel.Features, path),
            Windows(channel.Windows, path),
            ScoreOf(channel.Priority, $"{path}.priority"),
            ScoreOf(channel.Weight, $"{path}.weight"),
            Cost(channel.Cost, $"{path}.cost"),
            [.. channel.Interfaces.Select((known, i) => Interface(known, i, path))])
        {
            Accounts = directory?.CurrenciesOf(channel.Code),
        };
    }

    private InterfacePlan Interface(RoutedInterface known, int index, string channel)
    {
        var path = $"{channel}.interfaces[{known.Code}]";
        Check(Operations.Contains(known.Operation), $"{path}.operation", $"'{known.Operation}' is none of {string.Join(", ", Operations.Order())}");
        Check(known.Limits.Count <= MostRules, $"{path}.limits", $"at most {MostRules}");
        CheckNames($"{path}.limits", known.Limits.Select(limit => limit.Name));
        return new InterfacePlan(
            index,
            known,
            Features(known.Features, path),
            Windows(known.Windows, path),
            [.. known.Limits.Select((limit, i) => Limit(limit, i, known, path)).OfType<LimitPlan>()],
            ScoreOf(known.Priority, $"{path}.priority"),
            ScoreOf(known.Weight, $"{path}.weight"));
    }

    private FeatureRule[] Features(IReadOnlyList<Feature> features, string path)
    {
        Check(features.Count <= MostRules, $"{path}.features", $"at most {MostRules}");
        return [.. features.Select((feature, i) => Compiled(FeatureRule.TryCompile(feature, out var error), error, $"{path}.features[{i}]")).OfType<FeatureRule>()];
    }

    private WindowRule[] Windows(IReadOnlyList<MaintenanceWindow> windows, string path)
    {
        Check(windows.Count <= MostRules, $"{path}.windows", $"at most {MostRules}");
        return [.. windows.Select((window, i) => Compiled(WindowRule.TryCompile(window, calendar, out var error), error, $"{path}.windows[{i}]")).OfType<WindowRule>()];
    }

    private T? Compiled<T>(T? rule, string? error, string path)
    {
        Check(error is null, path, error ?? "");
        return rule;
    }

    private ScoreRule ScoreOf(IReadOnlyList<Score> parts, string path)
    {
        var known = new List<ScriptInForce>();
        foreach (var part in parts)
        {
            var place = $"{path}[{part.Category}]";
            Check(part.Value is null != part.Script is null, place, "is either a value or a script");
            if (part.Script is not { } name)
            {
                continue;
            }

            if (scripts.TryGetValue(name, out var script))
            {
                known.Add(script);
            }
            else
            {
                Check(false, place, $"there is no script '{name}' in force");
            }
        }

        return new ScoreRule(parts.Sum(part => part.Value ?? 0), known);
    }

    private CostRule? Cost(ChannelCost? cost, string path)
    {
        if (cost is null)
        {
            return null;
        }

        Check(cost.Tiers.Count > 0 && cost.Tiers.Any(tier => tier.FromVolume == 0), path, "one tier begins at 0");
        Check(cost.Tiers.All(tier => tier.FromVolume >= 0), path, "no tier begins below 0");
        Check(cost.Tiers.DistinctBy(tier => tier.FromVolume).Count() == cost.Tiers.Count, path, "two tiers begin at the same volume");
        Check(cost.Tiers.All(tier => tier.Minimum is null || tier.Maximum is null || tier.Minimum <= tier.Maximum), path, "a maximum is not below its minimum");
        return cost.Tiers.Count > 0 ? new CostRule(cost) : null;
    }

    private LimitPlan? Limit(LimitRule limit, int index, RoutedInterface owner, string parent)
    {
        var path = $"{parent}.limits[{limit.Name}]";
        if (!Currency.TryParse(limit.Currency, out var currency))
        {
            Check(false, $"{path}.currency", $"'{limit.Currency}' is no currency");
            return null;
        }

        var counts = limit.Amount is not null || limit.Count is not null;
        Check(counts == limit.Period is not null, path, "an amount or a count of a day or month needs its period, and a period needs one of them");
        Check(counts || limit.SingleMinimum is not null || limit.SingleMaximum is not null, path, "limits nothing");
        Check(limit.SingleMinimum is null || limit.SingleMaximum is null || limit.SingleMinimum <= limit.SingleMaximum, path, "the single maximum is not below the minimum");
        Check(limit.Count is null or >= 0, $"{path}.count", "is not negative");
        Check(
            limit.Institution is null || owner.Institutions.Count == 0 || owner.Institutions.Contains(limit.Institution),
            $"{path}.institution", $"the interface does not reach '{limit.Institution}'");
        return new LimitPlan(
            index,
            limit,
            currency,
            Minor(limit.SingleMinimum, currency, $"{path}.single_minimum"),
            Minor(limit.SingleMaximum, currency, $"{path}.single_maximum"),
            Minor(limit.Amount, currency, $"{path}.amount"),
            limit.Count);
    }

    private long? Minor(decimal? major, Currency currency, string path)
    {
        if (major is not { } amount)
        {
            return null;
        }

        var minor = amount;
        for (var i = 0; i < currency.Exponent; i++)
        {
            minor *= 10;
        }

        var fits = amount >= 0 && decimal.IsInteger(minor) && minor <= long.MaxValue;
        Check(fits, path, $"{amount} is no amount of {currency.Code}");
        return fits ? (long)minor : null;
    }

    private void CheckClasses(RoutingSetup setup)
    {
        var codes = setup.Channels.Select(channel => channel.Code).ToHashSet();
        var seen = new HashSet<(string, string?, string?)>();
        foreach (var known in setup.Classes)
        {
            var path = $"classes[{known.Name}]";
            Check(
                PaymentNames.TryParseMethod(known.Mode, out _), path,
                $"no payment has the mode '{known.Mode}'; there are {string.Join(", ", Enum.GetValues<PaymentMethod>().Select(method => method.Code()))}");
            Check(known.Terminal is null || known.CardKind is not null, path, "a terminal goes with a card kind");
            Check(seen.Add((known.Mode, known.CardKind, known.Terminal)), path, "is there twice");
            CheckNames($"{path}.channels", known.Channels);
            foreach (var code in known.Channels.Where(code => !codes.Contains(code)))
            {
                Check(false, $"{path}.channels", $"there is no channel '{code}'");
            }
        }
    }

    private void CheckNames(string path, IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            Check(!string.IsNullOrWhiteSpace(name), path, "a name is empty");
            Check(seen.Add(name), path, $"'{name}' is there twice");
        }
    }

    private void Check(bool holds, string path, string message)
    {
        if (!holds && _errors.Count < MostErrors)
        {
            _errors.Add(new SetupError(path, message));
        }
    }
}
