namespace PaymentEngine.Routing.Setup;

/// <summary>Something in a setup that cannot be.</summary>
/// <param name="Path">Where: <c>channels[SIM1].interfaces[pay].limits[day].amount</c>.</param>
public readonly record struct SetupError(string Path, string Message)
{
    /// <summary>In the text, counted from 1; null for what was never a text.</summary>
    public int? Line { get; init; }

    public int? Column { get; init; }

    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>A setup is not fit to be put into force; all reasons at once.</summary>
public sealed class UnfitSetupException(IReadOnlyList<SetupError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<SetupError> Errors { get; } = errors;
}
