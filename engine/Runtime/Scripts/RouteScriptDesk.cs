using PaymentEngine.Routing.Scripts;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Scripting;
using PaymentEngine.Store.Scripts;

namespace PaymentEngine.Runtime.Scripts;

/// <summary>Where operations say what their scripts decide.</summary>
public sealed class RouteScriptDesk(RouteScriptStore store, DirectoryHolder directory)
{
    /// <summary>The latest version of the hook as this node knows it; null when the default has always decided.</summary>
    public ScriptVersion? Latest(RouteHook hook) => directory.Scripts.Of(hook);

    public Task<IReadOnlyList<ScriptVersion>> HistoryAsync(RouteHook hook, CancellationToken ct) => store.HistoryAsync(hook.Name, ct);

    /// <param name="script">Null gives the decision back to the default.</param>
    /// <returns>The errors for which it was refused; none when it decides from now on.</returns>
    public async Task<IReadOnlyList<ScriptError>> StoreAsync(RouteHook hook, string? script, string actor, CancellationToken ct)
    {
        if (script is not null && hook.ErrorsOf(script) is { Count: > 0 } errors)
        {
            return errors;
        }

        await store.AddAsync(hook.Name, script, actor, ct);

        // This node decides by it from now on, the others with their next look at the directory.
        await directory.RefreshAsync(ct);
        return [];
    }
}
