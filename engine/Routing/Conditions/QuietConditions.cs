using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Conditions;

/// <summary>All is well everywhere and no limit is near, for replays and rehearsals: what a setup does by itself.</summary>
/// <param name="volumeOf">By volumes tiers of fees are chosen; none when it is not given.</param>
public sealed class QuietConditions(Func<string, decimal>? volumeOf = null) : IRouteConditions
{
    public static readonly QuietConditions Instance = new();

    public int HealthOf(string channel, string? institution) => 0;

    public bool MayProbe(string channel, string? institution) => false;

    public int BacklogOf(string channel) => 0;

    public bool Covers(string channel, RouteFacts facts) => true;

    public bool FailedForCard(string card, string channel) => false;

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) => true;

    public bool IsSpent(string card) => false;

    public bool KnowsFullLimits => false;

    public IRouteConditions WithoutFullLimits => this;

    public void NoteFull(in LimitCounter counter, long amount)
    {
    }

    public decimal VolumeOf(string channel) => volumeOf?.Invoke(channel) ?? 0;
}
