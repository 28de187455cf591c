using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Routing.Text;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Book;

/// <summary>
/// Whether what would be in force holds together: every script by itself, and the setup with the scripts and the channels
/// that it names. All errors at once.
/// </summary>
public sealed class BookCheck(BusinessCalendar calendar, EngineDirectory directory)
{
    private const int MostErrors = 100;

    /// <summary>
    /// What an activation would break, now or at any later moment that is fixed already. What is broken without it is
    /// not its fault, so that a repair is never refused.
    /// </summary>
    /// <param name="heads">With the version that is to be activated among its texts.</param>
    public IReadOnlyList<SetupError> Of(RoutingActivation candidate, RoutingHeads heads, DateTimeOffset now)
    {
        // What is not stored yet will have the highest number, which decides between those of one instant.
        var agreed = candidate with
        {
            Id = candidate.Id > 0 ? candidate.Id : long.MaxValue,
            Approval = candidate.IsRollback ? null : new RoutingVerdict(string.Empty, now),
        };
        RoutingActivation[] others = [.. heads.Activations.Where(it => it.Id != candidate.Id)];
        RoutingActivation[] all = [.. others, agreed];
        return
        [
            .. all.Select(it => it.EffectiveAt)
                .Where(at => at >= agreed.EffectiveAt)
                .Distinct()
                .SelectMany(at => Errors(RoutingInForce.At(at!.Value, all), heads).Except(Errors(RoutingInForce.At(at.Value, others), heads)))
                .Distinct(),
        ];
    }

    /// <summary>Of a setup that is not stored yet, together with these scripts.</summary>
    public IReadOnlyList<SetupError> OfSetup(string text, IReadOnlyDictionary<string, ScriptInForce> scripts)
    {
        if (RoutingText.TryRead(text, out var form) is not { } document)
        {
            return form;
        }

        // Of what could not be read nothing is known, and what it would have meant is not held against it.
        var meaning = Errors(document.Setup, scripts).Where(error => !form.Any(other => IsPartOf(error.Path, other.Path) || IsPartOf(other.Path, error.Path)));
        return [.. form.Concat(meaning.Select(document.Locate)).Take(MostErrors)];
    }

    /// <summary>What a setup without errors says and perhaps does not mean: payments that would find no channel.</summary>
    public IReadOnlyList<SetupError> WarningsOfSetup(string text)
    {
        var document = RoutingText.Read(text);
        return [.. Unserved(document.Setup).Take(MostErrors).Select(document.Locate)];
    }

    public static IReadOnlyList<SetupError> OfScript(string name, string text) =>
    [
        .. ScriptPurpose.OfScript(name).Check(text)
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => new SetupError($"scripts[{name}]", finding.Message) { Line = finding.At.Line, Column = finding.At.Column }),
    ];

    /// <summary>The scripts that scores may name at a moment, as far as they compile.</summary>
    public static Dictionary<string, ScriptInForce> ScriptsOf(RoutingInForce inForce, RoutingHeads heads) => inForce.Scripts.Values
        .Where(standing => standing.Active > 0 && !ScriptPurpose.OfScript(standing.Item.Name).IsHook)
        .Select(standing => (standing.Item.Name, standing.Active, heads.Versions[new(standing.Item, standing.Active)].Text))
        .Where(script => OfScript(script.Name, script.Text).Count == 0)
        .ToDictionary(
            script => script.Name,
            script => new ScriptInForce(script.Name, new ScoreScript(script.Active, RuleScript.Compile(script.Text, ScoreModel.Schema))));

    private List<SetupError> Errors(RoutingInForce inForce, RoutingHeads heads)
    {
        var errors = inForce.Scripts.Values
            .SelectMany(standing => new[] { standing.Active, standing.OnTrial }.Where(version => version > 0)
                .SelectMany(version => OfScript(standing.Item.Name, heads.Versions[new(standing.Item, version)].Text)))
            .ToList();
        if (inForce.Setup.Active > 0)
        {
            errors.AddRange(OfSetup(heads.Versions[new(RoutingItem.Setup, inForce.Setup.Active)].Text, ScriptsOf(inForce, heads)));
        }

        return errors;
    }

    private IEnumerable<SetupError> Errors(RoutingSetup setup, IReadOnlyDictionary<string, ScriptInForce> scripts)
    {
        var unknown = setup.Channels
            .Where(channel => channel.Code.Length > 0 && directory.FindChannel(channel.Code)?.Code != channel.Code)
            .Select(channel => new SetupError($"channels[{channel.Code}].code", "there is no channel of this code"))
            .Concat(setup.Classes.SelectMany(Incapable));
        try
        {
            new SetupCompiler(scripts, calendar).Compile(setup, version: 0);
            return unknown;
        }
        catch (UnfitSetupException unfit)
        {
            return unknown.Concat(unfit.Errors);
        }
    }

    /// <summary>Channels of a class whose protocol cannot carry its payments.</summary>
    private IEnumerable<SetupError> Incapable(PaymentClass known) => PaymentNames.TryParseMethod(known.Mode, out var method)
        ? known.Channels
            .Where(code => directory.FindChannel(code) is { } channel && !channel.Methods.Contains(method))
            .Select(code => new SetupError($"classes[{known.Name}].channels", $"'{code}' does not carry {known.Mode}"))
        : [];

    private IEnumerable<SetupError> Unserved(RoutingSetup setup)
    {
        foreach (var method in directory.Channels.Where(channel => channel.Enabled).SelectMany(channel => channel.Methods).Distinct().Order())
        {
            var classes = setup.Classes.Where(known => known.Mode == method.Code()).ToList();
            if (classes.Count == 0)
            {
                yield return new SetupError("classes", $"no class is for {method.Code()}: such a payment finds no channel");
            }
            else if (classes.TrueForAll(known => known.CardKind is not null))
            {
                yield return new SetupError("classes", $"every class for {method.Code()} has a card kind: a payment of another, or of none, finds no channel");
            }
        }

        var open = setup.Channels
            .Where(channel => channel.Enabled && directory.FindChannel(channel.Code) is { Enabled: true }
                && channel.Interfaces.Any(known => known.Enabled && known.Operation == "pay"))
            .Select(channel => channel.Code)
            .ToHashSet();
        foreach (var known in setup.Classes.Where(known => !known.Channels.Any(open.Contains)))
        {
            yield return new SetupError($"classes[{known.Name}].channels", "none of these is switched on and has an interface for pay: such a payment finds no channel");
        }
    }

    private static bool IsPartOf(string path, string whole) => path.StartsWith(whole, StringComparison.Ordinal);
}
