using PaymentEngine.Core;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Scripting;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Where operations write: versions of the setup and of scripts. A version decides nothing until it is activated.</summary>
public sealed class RoutingDrafts(RoutingStore store, RoutingHolder routing, DirectoryHolder directory, BusinessCalendar calendar, TimeProvider clock)
{
    public Task<List<RoutingVersion>> LatestScriptsAsync(CancellationToken ct) => store.LatestScriptsAsync(ct);

    public Task<List<RoutingVersion>> VersionsAsync(RoutingItem item, CancellationToken ct) => store.VersionsAsync(item, ct);

    public Task<RoutingVersion?> FindAsync(RoutingVersionId id, CancellationToken ct) => store.FindAsync(id, ct);

    /// <summary>What would be refused if this were put into force now; or else what it perhaps does not mean.</summary>
    public (IReadOnlyList<SetupError> Errors, IReadOnlyList<SetupError> Warnings) CheckSetup(string text)
    {
        var check = Check;
        var errors = check.OfSetup(text, ScriptsInForce());
        return (errors, errors.Count > 0 ? [] : check.WarningsOfSetup(text));
    }

    /// <summary>A draft may name scripts that are drafts themselves; they are activated before it.</summary>
    public async Task<RoutingResult> AddSetupAsync(string text, string comment, RoutingWord word, CancellationToken ct)
    {
        var scripts = ScriptsInForce();
        foreach (var draft in await store.LatestScriptsAsync(ct))
        {
            if (!ScriptPurpose.OfScript(draft.Item.Name).IsHook && BookCheck.OfScript(draft.Item.Name, draft.Text).Count == 0)
            {
                scripts.TryAdd(draft.Item.Name, new ScriptInForce(draft.Item.Name, new ScoreScript(draft.Version, RuleScript.Compile(draft.Text, ScoreModel.Schema))));
            }
        }

        return Check.OfSetup(text, scripts) is { Count: > 0 } errors
            ? new RoutingResult.Unfit(errors)
            : await AddAsync(RoutingItem.Setup, text, comment, word, ct);
    }

    public async Task<RoutingResult> AddScriptAsync(string name, string text, string comment, RoutingWord word, CancellationToken ct) =>
        BookCheck.OfScript(name, text) is { Count: > 0 } errors
            ? new RoutingResult.Unfit(errors)
            : await AddAsync(RoutingItem.Script(name), text, comment, word, ct);

    private BookCheck Check => new(calendar, directory.Current);

    private Dictionary<string, ScriptInForce> ScriptsInForce()
    {
        var compiled = routing.Compiled;
        return BookCheck.ScriptsOf(compiled.InForce, compiled.Heads);
    }

    private async Task<RoutingResult> AddAsync(RoutingItem item, string text, string comment, RoutingWord word, CancellationToken ct)
    {
        await using var write = await store.WriteAsync(ct);
        if (await write.FindVersionAsync(word.Actor, word.Key, ct) is { } before)
        {
            return before.BodyHash.AsSpan().SequenceEqual(word.BodyHash)
                ? new RoutingResult.Drafted(before.Version)
                : new RoutingResult.Refused(RoutingRefusals.KeyReused);
        }

        var added = await write.AddAsync(item, text, comment, word.Actor, clock.GetUtcNow(), word.Key, word.BodyHash, ct);
        await write.CommitAsync(ct);
        return new RoutingResult.Drafted(added);
    }
}
