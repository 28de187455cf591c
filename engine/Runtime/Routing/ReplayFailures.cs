using PaymentEngine.Routing.Scoring;
using PaymentEngine.Scripting;

namespace PaymentEngine.Runtime.Routing;

/// <summary>How often which script failed, and why the first time.</summary>
public sealed record ReplayFailure(string Script, int Version, int Count, string Message);

internal sealed class ReplayFailures : IScriptFailures
{
    private readonly Dictionary<(string Script, int Version), ReplayFailure> _failures = [];

    public void Report(string script, int version, ScriptException why)
    {
        var key = (script, version);
        _failures[key] = _failures.TryGetValue(key, out var known)
            ? known with { Count = known.Count + 1 }
            : new ReplayFailure(script, version, 1, why.Message);
    }

    public IReadOnlyList<ReplayFailure> All() =>
        [.. _failures.Values.OrderBy(failure => failure.Script, StringComparer.Ordinal).ThenBy(failure => failure.Version)];
}
