using PaymentEngine.Core;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Routing.Text;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Scripting;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>What is in force and what a draft would make of it, each as a table of its own.</summary>
public sealed class DraftTables(RoutingHolder routing, RoutingStore store, DirectoryHolder directory, BusinessCalendar calendar) : IDraftTables
{
    public async ValueTask<RouteTable> InForceAsync(CancellationToken cancellation)
    {
        var inForce = new RoutingDraft(null, new Dictionary<string, VersionOrText>());
        var (table, errors) = await CompileAsync(inForce, UnheardFailures.Instance, cancellation);
        return table ?? throw new UnfitSetupException(errors);
    }

    public async ValueTask<DraftTable> CompileAsync(RoutingDraft draft, IScriptFailures failures, CancellationToken cancellation)
    {
        var compiled = routing.Compiled;
        var errors = new List<SetupError>();
        var scripts = compiled.Scripts.ToDictionary(script => script.Key, script => script.Value with { Failures = failures });
        foreach (var (name, wanted) in draft.Scripts)
        {
            if (await ScriptOfAsync(name, wanted, failures, errors, cancellation) is { } script)
            {
                scripts[name] = script;
            }
        }

        var setup = await TextOfAsync(RoutingItem.Setup, draft.Setup ?? new VersionOrText(compiled.Table.Version, null), "setup", errors, cancellation);
        if (setup is not null)
        {
            errors.AddRange(new BookCheck(calendar, directory.Current).OfSetup(setup, scripts));
        }

        if (errors.Count > 0)
        {
            return new DraftTable(null, errors);
        }

        var document = setup is null ? DerivedSetup.Of(directory.Current) : BookCompiler.Switched(RoutingText.Read(setup).Setup, directory.Current);
        if (draft.Scripts.Keys.Except(ScriptsNamedIn(document)).ToList() is { Count: > 0 } unheard)
        {
            return new DraftTable(null, [.. unheard.Select(name => new SetupError($"scripts[{name}]", "the setup names no such script, so it would change nothing"))]);
        }

        return new DraftTable(new SetupCompiler(scripts, calendar, directory.Current).Compile(document, draft.Setup?.Version ?? compiled.Table.Version), []);
    }

    private static IEnumerable<string> ScriptsNamedIn(RoutingSetup setup) => setup.Channels
        .SelectMany(channel => channel.Interfaces.SelectMany(known => known.Priority.Concat(known.Weight)).Concat(channel.Priority).Concat(channel.Weight))
        .Select(score => score.Script)
        .OfType<string>();

    private async Task<ScriptInForce?> ScriptOfAsync(
        string name, VersionOrText wanted, IScriptFailures failures, List<SetupError> errors, CancellationToken cancellation)
    {
        var path = $"scripts[{name}]";
        if (name.Length == 0 || ScriptPurpose.OfScript(name).IsHook)
        {
            errors.Add(new SetupError(path, "is no script of a priority or a weight"));
            return null;
        }

        if (await TextOfAsync(RoutingItem.Script(name), wanted, path, errors, cancellation) is not { } text)
        {
            return null;
        }

        var found = BookCheck.OfScript(name, text);
        errors.AddRange(found);
        return found.Count > 0
            ? null
            : new ScriptInForce(name, new ScoreScript(wanted.Version ?? 0, RuleScript.Compile(text, ScoreModel.Schema))) { Failures = failures };
    }

    /// <summary>Null for the setup that follows from the channels, and for a version that does not exist, which is an error.</summary>
    private async Task<string?> TextOfAsync(RoutingItem item, VersionOrText wanted, string path, List<SetupError> errors, CancellationToken cancellation)
    {
        if (wanted.Text is not null || (item.IsSetup && wanted.Version == DerivedSetup.Version))
        {
            return wanted.Text;
        }

        var stored = await store.FindAsync(new RoutingVersionId(item, wanted.Version!.Value), cancellation);
        if (stored is null)
        {
            errors.Add(new SetupError(path, $"there is no version {wanted.Version} of {item}"));
        }

        return stored?.Text;
    }
}
