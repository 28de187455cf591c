namespace PaymentEngine.Routing.Setup;

/// <summary>
/// How much an interface carries (C4): of one order, or of a day or month for the whole channel or for each card,
/// member or merchant. Amounts are in major units of the currency.
/// </summary>
public sealed record LimitRule
{
    /// <summary>Identifies its counters, so it keeps its name when its figures change.</summary>
    public required string Name { get; init; }

    public required string Currency { get; init; }

    /// <summary>Only for this bank or wallet; null for all.</summary>
    public string? Institution { get; init; }

    public decimal? SingleMinimum { get; init; }

    public decimal? SingleMaximum { get; init; }

    public LimitPeriod? Period { get; init; }

    public LimitSubject Per { get; init; }

    public decimal? Amount { get; init; }

    public long? Count { get; init; }
}

public enum LimitPeriod
{
    Day,
    Month,
}

public enum LimitSubject
{
    Channel,
    Card,
    Member,
    Merchant,
}
