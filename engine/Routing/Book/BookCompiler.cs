using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Routing.Text;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Book;

/// <summary>
/// Makes what decisions look at of what the book says. What came past the interface, by SQL, may not compile: then what
/// was good before goes on deciding, and the fault says so.
/// </summary>
public sealed class BookCompiler(BusinessCalendar calendar, IScriptFailures failures)
{
    /// <summary>The same as before when nothing has changed that decides.</summary>
    public CompiledRouting Compile(CompiledRouting? before, RoutingHeads heads, EngineDirectory directory, DateTimeOffset now)
    {
        var inForce = RoutingInForce.At(now, heads.Activations);
        var channels = directory.Channels.Select(channel => ChannelFacts.Of(channel, directory)).ToList();
        if (before is not null && before.InForce.DecidesAs(inForce) && before.Channels.SequenceEqual(channels))
        {
            return before with { InForce = inForce, Heads = heads };
        }

        var faults = new List<ScriptFault>();
        var scripts = Scripts(inForce, heads, faults);
        var table = Table(before, inForce.Setup, heads, scripts, directory, faults);
        return new CompiledRouting(inForce, heads, table, scripts, Hooks(inForce, heads), faults, channels);
    }

    private Dictionary<string, ScriptInForce> Scripts(RoutingInForce inForce, RoutingHeads heads, List<ScriptFault> faults)
    {
        var scripts = new Dictionary<string, ScriptInForce>();
        foreach (var (name, standing) in inForce.Scripts.Where(it => it.Value.Active > 0 && !ScriptPurpose.OfScript(it.Key).IsHook))
        {
            var active = Score(standing.Active, standing.Item, heads, faults);
            var good = standing.LastGood > 0 ? Score(standing.LastGood, standing.Item, heads, active is null ? faults : []) : null;
            var trial = standing.OnTrial > 0 ? Score(standing.OnTrial, standing.Item, heads, faults) : null;
            if ((active ?? good) is { } decides)
            {
                scripts.Add(name, new ScriptInForce(name, decides, good, trial, trial is null ? 0 : standing.TrialPercent) { Failures = failures });
            }
        }

        return scripts;
    }

    private static ScoreScript? Score(int version, RoutingItem item, RoutingHeads heads, List<ScriptFault> faults)
    {
        try
        {
            return new ScoreScript(version, RuleScript.Compile(heads.Versions[new(item, version)].Text, ScoreModel.Schema));
        }
        catch (ScriptException unfit)
        {
            faults.Add(new ScriptFault(item.Name, version, ScriptFaultStage.Check, unfit.Message));
            return null;
        }
    }

    private RouteTable Table(
        CompiledRouting? before, RoutingStanding setup, RoutingHeads heads, Dictionary<string, ScriptInForce> scripts, EngineDirectory directory,
        List<ScriptFault> faults)
    {
        var table = setup.Active == 0 ? null
            : Setup(setup.Active, heads, scripts, directory, faults) ?? before?.Table ?? Setup(setup.LastGood, heads, scripts, directory, faults);
        return table ?? new SetupCompiler(scripts, calendar, directory).Compile(DerivedSetup.Of(directory), DerivedSetup.Version);
    }

    private RouteTable? Setup(
        int version, RoutingHeads heads, Dictionary<string, ScriptInForce> scripts, EngineDirectory directory, List<ScriptFault> faults)
    {
        if (version == 0)
        {
            return null;
        }

        try
        {
            var text = heads.Versions[new(RoutingItem.Setup, version)].Text;
            return new SetupCompiler(scripts, calendar, directory).Compile(Switched(RoutingText.Read(text).Setup, directory), version);
        }
        catch (UnfitSetupException unfit)
        {
            faults.Add(new ScriptFault(RoutingItem.Setup.Kind, version, ScriptFaultStage.Check, unfit.Message));
            return null;
        }
    }

    /// <summary>A channel whose line is switched off in its configuration is off, whatever the setup says.</summary>
    public static RoutingSetup Switched(RoutingSetup setup, EngineDirectory directory) => setup with
    {
        Channels = [.. setup.Channels.Select(channel => channel with { Enabled = channel.Enabled && directory.FindChannel(channel.Code) is { Enabled: true } })],
    };

    private static List<ScriptVersion> Hooks(RoutingInForce inForce, RoutingHeads heads)
    {
        return
        [
            .. RouteHook.All
                .Select(hook => inForce.Of(RoutingItem.Script(hook.Name)))
                .Where(standing => standing.Active > 0)
                .Select(standing => Version(standing, standing.Active)! with { LastGood = Version(standing, standing.LastGood) }),
        ];

        ScriptVersion? Version(RoutingStanding standing, int version) =>
            version > 0 ? new ScriptVersion(standing.Item.Name, version, heads.Versions[new(standing.Item, version)].Text) : null;
    }
}

/// <summary>What decides: the table with its scripts compiled into it, and the hooks.</summary>
/// <param name="Heads">Of which it was made: what is in force has its texts there.</param>
/// <param name="Faults">Versions that are in force by the book and do not decide.</param>
/// <param name="Channels">Of the directory, by which the table was made.</param>
public sealed record CompiledRouting(
    RoutingInForce InForce,
    RoutingHeads Heads,
    RouteTable Table,
    IReadOnlyDictionary<string, ScriptInForce> Scripts,
    IReadOnlyList<ScriptVersion> Hooks,
    IReadOnlyList<ScriptFault> Faults,
    IReadOnlyList<ChannelFacts> Channels);

/// <summary>What of a channel's configuration decides.</summary>
public sealed record ChannelFacts(string Code, bool Enabled, int Priority, string Methods, string Currencies)
{
    internal static ChannelFacts Of(ChannelSettings channel, EngineDirectory directory) => new(
        channel.Code,
        channel.Enabled,
        channel.Priority,
        string.Join(',', channel.Methods),
        string.Join(',', directory.CurrenciesOf(channel.Code).Select(currency => currency.Code).Order()));
}
