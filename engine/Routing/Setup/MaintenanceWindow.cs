namespace PaymentEngine.Routing.Setup;

/// <summary>
/// A time in which a channel or an interface is not used (C3): once, or again and again on days of the week. Times are
/// those of the business's clocks; a window that ends before it begins crosses midnight and belongs to the day on
/// which it began.
/// </summary>
public sealed record MaintenanceWindow
{
    public DateTimeOffset? Begins { get; init; }

    public DateTimeOffset? Ends { get; init; }

    /// <summary>None stands for every day, when the window recurs.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    public TimeOnly? From { get; init; }

    public TimeOnly? To { get; init; }

    /// <summary>Only for this bank or wallet; null for all.</summary>
    public string? Institution { get; init; }

    public string? Reason { get; init; }

    public bool Recurs => From is not null;
}
