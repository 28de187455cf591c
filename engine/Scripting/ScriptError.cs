namespace PaymentEngine.Scripting;

/// <summary>A place in the script's text, both counted from 1.</summary>
public readonly record struct Position(int Line, int Column);

public enum Severity
{
    Error,
    Warning,
}

public sealed record ScriptError(Position At, string Message, Severity Severity = Severity.Error)
{
    public override string ToString() => $"({At.Line},{At.Column}) : {(Severity == Severity.Error ? "error" : "warning")} : {Message}";
}

public enum ScriptStage
{
    Parse,
    Check,
    Run,
}

/// <summary>The script is at fault, and everything that is known about it.</summary>
public sealed class ScriptException(ScriptStage stage, IReadOnlyList<ScriptError> errors)
    : Exception(string.Join('\n', errors))
{
    public ScriptStage Stage { get; } = stage;
    public IReadOnlyList<ScriptError> Errors { get; } = errors;
}

/// <summary>A fault whose place is not known where it is found; the node that runs adds it.</summary>
internal sealed class ScriptFault(string message) : Exception(message);
