namespace PaymentEngine.Routing.Setup;

/// <summary>A rule on one element of a transaction (C2), on a channel or an interface.</summary>
public sealed record Feature
{
    /// <summary>By its name in <see cref="Facts.Elements"/>.</summary>
    public required string Element { get; init; }

    public required FeatureOperator Operator { get; init; }

    /// <summary>One value; two for between, both included; any number for in and not_in.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}

public enum FeatureOperator
{
    Equals,
    NotEquals,
    Greater,
    Less,
    Between,
    In,
    NotIn,
    Contains,
    NotContains,
}
