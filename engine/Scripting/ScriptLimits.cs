namespace PaymentEngine.Scripting;

/// <summary>What a script may cost, in the parser and in one evaluation.</summary>
public sealed record ScriptLimits
{
    public static ScriptLimits Default { get; } = new();

    public int MaxLength { get; init; } = 65_536;
    public int MaxNesting { get; init; } = 100;
    public int MaxErrors { get; init; } = 50;
    public long MaxSteps { get; init; } = 200_000;
    public long MaxBytes { get; init; } = 4 * 1024 * 1024;
    public int MaxCallDepth { get; init; } = 100;
    public int RegexTimeMs { get; init; } = 30;

    /// <summary>The longest integer, in bits; beyond it only attacks compute.</summary>
    public int MaxNumberBits { get; init; } = 16_384;
}
