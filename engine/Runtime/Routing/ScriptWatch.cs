using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>
/// What has errors can come past the interface, by SQL, and a script can fail as it runs. It decides nothing, and somebody
/// is told once.
/// </summary>
public sealed class ScriptWatch(RoutingHolder routing, ScriptFailures failures, RoutingStore store, TimeProvider clock, ILogger<ScriptWatch> log)
{
    private readonly HashSet<(string, int, ScriptFaultStage)> _told = [];

    public async Task LookAsync(CancellationToken ct)
    {
        List<ScriptFault> found =
        [
            .. routing.Hooks.Refused.Concat(routing.Compiled.Faults).Concat(failures.All)
                .Where(fault => !_told.Contains((fault.Hook, fault.Version, fault.Stage))),
        ];
        if (found.Count == 0)
        {
            return;
        }

        await store.TellAsync(found, clock.GetUtcNow(), ct);
        foreach (var fault in found)
        {
            log.LogWarning("version {Version} of {Script} does not decide: {Reason}", fault.Version, fault.Hook, fault.Message);
            _told.Add((fault.Hook, fault.Version, fault.Stage));
        }
    }
}
