using System.Collections.Frozen;
using PaymentEngine.Core;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>A channel of the setup, ready to be asked.</summary>
/// <param name="Index">Its place in the setup, by which explanations name it.</param>
public sealed record ChannelPlan(
    int Index,
    RoutedChannel Setup,
    FeatureRule[] Features,
    WindowRule[] Windows,
    ScoreRule Priority,
    ScoreRule Weight,
    CostRule? Cost,
    InterfacePlan[] Interfaces)
{
    public string Code => Setup.Code;

    /// <summary>The currencies in which it can owe us; null when the setup is looked at without accounts.</summary>
    public FrozenSet<Currency>? Accounts { get; init; }
}

/// <param name="Index">Its place in its channel.</param>
public sealed record InterfacePlan(
    int Index,
    RoutedInterface Setup,
    FeatureRule[] Features,
    WindowRule[] Windows,
    LimitPlan[] Limits,
    ScoreRule Priority,
    ScoreRule Weight)
{
    public string Code => Setup.Code;

    public bool Reaches(string? institution) =>
        Setup.Institutions.Count == 0 || (institution is not null && Setup.Institutions.Contains(institution));
}
