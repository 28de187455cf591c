using PaymentEngine.Core.Units;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scripts;

/// <summary>One hook as it decides now: by the version in force; when that cannot, by the last good one; or else by the default.</summary>
internal sealed class HookScript<TFacts>
{
    private readonly RouteHook<TFacts> _hook;
    private readonly RuleScript<TFacts> _default;
    private readonly string _nameOfDefault;
    private readonly List<Version> _versions = [];

    public HookScript(RouteHook<TFacts> hook, ScriptVersion? inForce)
    {
        _hook = hook;
        _default = hook.Compile(hook.DefaultText);
        _nameOfDefault = $"script {hook.Name}, default";
        for (var next = inForce; next is not null; next = next.LastGood)
        {
            try
            {
                _versions.Add(new Version(next.Version, $"script {hook.Name}, version {next.Version}", hook.Compile(next.Text)));
            }
            catch (ScriptException refused)
            {
                Refused ??= new ScriptFault(hook.Name, next.Version, ScriptFaultStage.Check, refused.Message);
            }
        }
    }

    /// <summary>Why the version in force does not decide.</summary>
    public ScriptFault? Refused { get; }

    public HookVerdict Decide(in TFacts facts)
    {
        ScriptFault? fault = null;
        foreach (var version in _versions)
        {
            try
            {
                var answer = version.Rule.Evaluate(facts);
                if (answer.Kind == ValueKind.Bool)
                {
                    return new HookVerdict(answer.IsTruthy, version.Name, fault);
                }

                fault ??= FaultOf(version, "The script must answer true or false");
            }
            catch (ScriptException failed)
            {
                fault ??= FaultOf(version, failed.Message);
            }
        }

        return new HookVerdict(_default.Evaluate(facts).IsTruthy, _nameOfDefault, fault);
    }

    private ScriptFault FaultOf(Version version, string message) => new(_hook.Name, version.Number, ScriptFaultStage.Run, message);

    private sealed record Version(int Number, string Name, RuleScript<TFacts> Rule);
}
