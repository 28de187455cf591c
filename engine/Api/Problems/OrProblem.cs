using System.Diagnostics.CodeAnalysis;

namespace PaymentEngine.Api.Problems;

/// <summary>What was wanted, or why it cannot be had. Never both, never neither.</summary>
internal readonly struct OrProblem<T>
    where T : class
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private OrProblem(T? value, Problem? problem)
    {
        _value = value;
        _problem = problem;
    }

    public static implicit operator OrProblem<T>(T value) => new(value, null);

    public static implicit operator OrProblem<T>(Problem problem) => new(null, problem);

    public bool Has([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Problem? problem)
    {
        value = _value;
        problem = _problem;
        return problem is null;
    }
}
