namespace PaymentEngine.Routing.Scripts;

/// <summary>The version of a hook's script that is in force.</summary>
/// <param name="LastGood">Decides when this one cannot; the default does when neither can.</param>
public sealed record ScriptVersion(string Hook, int Version, string Text, ScriptVersion? LastGood = null);
