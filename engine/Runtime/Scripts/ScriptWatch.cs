using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Scripts;

namespace PaymentEngine.Runtime.Scripts;

/// <summary>A script with errors can come past the interface, by SQL. It decides nothing, and somebody is told once.</summary>
public sealed class ScriptWatch(DirectoryHolder directory, RouteScriptStore store, TimeProvider clock, ILogger<ScriptWatch> log)
{
    private IReadOnlyList<ScriptFault> _told = [];

    public async Task LookAsync(CancellationToken ct)
    {
        var refused = directory.Scripts.Refused;
        if (ReferenceEquals(refused, _told) || refused.Count == 0)
        {
            return;
        }

        await store.TellAsync(refused, clock.GetUtcNow(), ct);
        foreach (var fault in refused)
        {
            log.LogWarning(
                "version {Version} of the script {Hook} has errors, the default decides: {Reason}", fault.Version, fault.Hook, fault.Message);
        }

        _told = refused;
    }
}
