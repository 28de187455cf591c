using PaymentEngine.Routing.Facts;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scoring;

/// <summary>One version of a script, checked and compiled.</summary>
public sealed record ScoreScript(int Version, RuleScript<ScoreModel> Rule);

/// <summary>
/// A script as it is in force: the active version, the one before it that decides when the active one fails, and
/// perhaps a version on trial for a share of the transactions (C17).
/// </summary>
public sealed record ScriptInForce(string Name, ScoreScript Active, ScoreScript? LastGood = null, ScoreScript? OnTrial = null, int TrialPercent = 0)
{
    /// <summary>Who is told when a version fails while it decides.</summary>
    public IScriptFailures Failures { get; init; } = UnheardFailures.Instance;

    /// <summary>The same transaction always gets the same version.</summary>
    public ScoreScript VersionFor(RouteFacts facts) =>
        OnTrial is not null && Bucket(facts.OrderNo) < TrialPercent ? OnTrial : Active;

    /// <summary>FNV-1a, because the hash of a string differs from process to process.</summary>
    private static int Bucket(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash % 100);
    }
}

/// <summary>Told of scripts that fail in the middle of a decision; must not wait.</summary>
public interface IScriptFailures
{
    void Report(string script, int version, ScriptException why);
}

/// <summary>For replays and tests, which look into the explanation.</summary>
public sealed class UnheardFailures : IScriptFailures
{
    public static readonly UnheardFailures Instance = new();

    public void Report(string script, int version, ScriptException why)
    {
    }
}
