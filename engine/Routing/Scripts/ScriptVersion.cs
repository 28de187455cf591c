namespace PaymentEngine.Routing.Scripts;

/// <summary>What operations have said a hook shall do. The highest version of a hook is the one that decides.</summary>
/// <param name="Text">Null gives the decision back to the default.</param>
public sealed record ScriptVersion(string Hook, int Version, string? Text, string ChangedBy, DateTimeOffset ChangedAt);
