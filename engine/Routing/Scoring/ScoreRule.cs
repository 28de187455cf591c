using PaymentEngine.Routing.Explaining;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scoring;

/// <summary>A priority or a weight: the sum of its parts, never below 0 nor above <see cref="Most"/> (C5).</summary>
public sealed class ScoreRule(decimal constant, IReadOnlyList<ScriptInForce> scripts)
{
    /// <summary>Beyond it nobody means what a script says; turns and explanations reckon with what is below.</summary>
    public const decimal Most = 1_000_000_000_000;

    private readonly ScriptInForce[] _scripts = [.. scripts];

    /// <summary>
    /// Scripts that fail are named to the trace. For a version on trial the active one decides instead, for that one the last
    /// good one; when none can, nothing is added.
    /// </summary>
    public decimal Of(in ScoreModel model, RouteTrace trace)
    {
        var sum = constant;
        foreach (var script in _scripts)
        {
            sum += Math.Clamp(Of(script, model, trace), -Most, Most);
        }

        return Math.Clamp(sum, 0, Most);
    }

    private static decimal Of(ScriptInForce script, in ScoreModel model, RouteTrace trace)
    {
        var version = script.VersionFor(model.Facts);
        return TryOf(script, version, model, trace)
            ?? (version == script.Active ? null : TryOf(script, script.Active, model, trace))
            ?? (script.LastGood is { } good && good != script.Active ? TryOf(script, good, model, trace) : null)
            ?? 0;
    }

    private static decimal? TryOf(ScriptInForce script, ScoreScript version, in ScoreModel model, RouteTrace trace)
    {
        try
        {
            var score = version.Rule.EvaluateNumber(model);
            trace.Ran(script, version.Version);
            return score;
        }
        catch (ScriptException failed)
        {
            trace.Failed(script, version.Version, failed);
            return null;
        }
    }
}
