using System.Collections.Concurrent;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Scripting;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Scripts that failed in the middle of decisions, each version once, until somebody looks.</summary>
public sealed class ScriptFailures : IScriptFailures
{
    private readonly ConcurrentDictionary<(string Script, int Version), ScriptFault> _failed = new();

    public IReadOnlyCollection<ScriptFault> All => [.. _failed.Values];

    public void Report(string script, int version, ScriptException why)
    {
        if (!_failed.ContainsKey((script, version)))
        {
            _failed.TryAdd((script, version), new ScriptFault(script, version, ScriptFaultStage.Run, why.Message));
        }
    }
}
