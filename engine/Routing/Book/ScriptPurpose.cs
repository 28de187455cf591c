using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Book;

/// <summary>What a script is for, which follows from its name: hooks have theirs, every other one scores (C5).</summary>
public sealed record ScriptPurpose(string Name, ScriptSchema Schema, string? DefaultText)
{
    public static readonly ScriptPurpose Score = new("score", ScoreModel.Schema, null);

    public static readonly IReadOnlyList<ScriptPurpose> All =
        [Score, .. RouteHook.All.Select(hook => new ScriptPurpose(hook.Name, hook.Schema, hook.DefaultText))];

    public bool IsHook => DefaultText is not null;

    public static ScriptPurpose OfScript(string script) => All.FirstOrDefault(purpose => purpose.IsHook && purpose.Name == script) ?? Score;

    public static ScriptPurpose? Find(string purpose) => All.FirstOrDefault(known => known.Name == purpose);

    public IReadOnlyList<ScriptError> Check(string text) => ScriptChecker.Check(text, Schema);
}
