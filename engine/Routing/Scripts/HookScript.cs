using PaymentEngine.Core.Units;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scripts;

/// <summary>One hook as it decides now: by the version that operations stored, or else by the default.</summary>
internal sealed class HookScript<TFacts>
{
    private readonly RouteHook<TFacts> _hook;
    private readonly RuleScript<TFacts> _default;
    private readonly string _nameOfDefault;
    private readonly RuleScript<TFacts>? _stored;
    private readonly string _nameOfStored = string.Empty;
    private readonly int _version;

    public HookScript(RouteHook<TFacts> hook, ScriptVersion? stored)
    {
        _hook = hook;
        _default = hook.Compile(hook.DefaultText);
        _nameOfDefault = $"script {hook.Name}, default";
        if (stored is not { Text: { } text })
        {
            return;
        }

        _version = stored.Version;
        _nameOfStored = $"script {hook.Name}, version {_version}";
        try
        {
            _stored = hook.Compile(text);
        }
        catch (ScriptException refused)
        {
            Refused = FaultOf(ScriptFaultStage.Check, refused.Message);
        }
    }

    /// <summary>Why the stored version does not decide.</summary>
    public ScriptFault? Refused { get; }

    public HookVerdict Decide(in TFacts facts)
    {
        if (_stored is null)
        {
            return ByDefault(facts, fault: null);
        }

        try
        {
            var answer = _stored.Evaluate(facts);
            return answer.Kind == ValueKind.Bool
                ? new HookVerdict(answer.IsTruthy, _nameOfStored)
                : ByDefault(facts, FaultOf(ScriptFaultStage.Run, "The script must answer true or false"));
        }
        catch (ScriptException failed)
        {
            return ByDefault(facts, FaultOf(ScriptFaultStage.Run, failed.Message));
        }
    }

    private HookVerdict ByDefault(in TFacts facts, ScriptFault? fault) => new(_default.Evaluate(facts).IsTruthy, _nameOfDefault, fault);

    private ScriptFault FaultOf(ScriptFaultStage stage, string message) => new(_hook.Name, _version, stage, message);
}
