using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Conditions;

/// <summary>All is well everywhere: for replays and rehearsals.</summary>
/// <param name="volumeOf">What a channel has carried in the month so far.</param>
public sealed class QuietConditions(Func<string, decimal> volumeOf) : IRouteConditions
{
    public static readonly QuietConditions Instance = new(_ => 0);

    public int HealthOf(string channel, string? institution) => 0;

    public bool MayProbe(string channel, string? institution) => false;

    public int BacklogOf(string channel) => 0;

    public bool Covers(string channel, RouteFacts facts) => true;

    public bool FailedForCard(string card, string channel) => false;

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) => true;

    public bool IsSpent(string card) => false;

    public IRouteConditions WithoutMemories => this;

    public void NoteFull(in LimitCounter counter, long amount)
    {
    }

    public decimal VolumeOf(string channel) => volumeOf(channel);
}
