using PaymentEngine.Routing.Explaining;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scoring;

/// <summary>A priority or a weight: the sum of its parts, never below 0 (C5).</summary>
public sealed class ScoreRule(decimal constant, IReadOnlyList<ScriptInForce> scripts)
{
    private readonly ScriptInForce[] _scripts = [.. scripts];

    /// <summary>Scripts that fail are named to the trace; their last good version decides instead, or nothing is added.</summary>
    public decimal Of(in ScoreModel model, RouteTrace trace)
    {
        var sum = constant;
        foreach (var script in _scripts)
        {
            sum += Of(script, model, trace);
        }

        return Math.Max(sum, 0);
    }

    private static decimal Of(ScriptInForce script, in ScoreModel model, RouteTrace trace)
    {
        var version = script.VersionFor(model.Facts);
        try
        {
            var score = version.Rule.EvaluateNumber(model);
            trace.Ran(script, version.Version);
            return score;
        }
        catch (ScriptException failed)
        {
            trace.Failed(script, version.Version, failed);
            return version == script.LastGood || script.LastGood is null ? 0 : OfLastGood(script, model, trace);
        }
    }

    private static decimal OfLastGood(ScriptInForce script, in ScoreModel model, RouteTrace trace)
    {
        try
        {
            var score = script.LastGood!.Rule.EvaluateNumber(model);
            trace.Ran(script, script.LastGood.Version);
            return score;
        }
        catch (ScriptException failed)
        {
            trace.Failed(script, script.LastGood!.Version, failed);
            return 0;
        }
    }
}
