namespace PaymentEngine.Scripting;

/// <summary>How the language behaves where the host may choose, and what of the outside world it may see.</summary>
public sealed record EvaluationOptions
{
    public static EvaluationOptions Lenient { get; } = new();

    /// <summary>For rules: what is not declared is an error, and fractions are decimals.</summary>
    public static EvaluationOptions Rules { get; } =
        new() { HasStrictVariables = true, HasStrictMembers = true, UsesDecimals = true, WritesOutput = false };

    /// <summary>Unknown variables are errors instead of null.</summary>
    public bool HasStrictVariables { get; init; }

    /// <summary>So are members that a value does not have.</summary>
    public bool HasStrictMembers { get; init; }

    /// <summary>A division of integers and a fraction without suffix are decimals instead of doubles.</summary>
    public bool UsesDecimals { get; init; }

    /// <summary>Without output, the value of the last expression is the result.</summary>
    public bool WritesOutput { get; init; } = true;

    /// <summary>What date.now says; without it there is no clock.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>What math.random draws from; without it there is no randomness.</summary>
    public Random? Random { get; init; }
}
