using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Replay;

/// <summary>
/// All channels are well and no limit is near: what a setup does by itself, not what a bad day made of it. Only the
/// volumes, by which tiers of fees are chosen, are those that are given.
/// </summary>
public sealed class QuietConditions(Func<string, decimal> volumeOf) : IRouteConditions
{
    public int HealthOf(string channel, string? institution) => 0;

    public bool MayProbe(string channel, string? institution) => false;

    public int BacklogOf(string channel) => 0;

    public bool Covers(string channel, RouteFacts facts) => true;

    public bool FailedForCard(string card, string channel) => false;

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) => true;

    public decimal VolumeOf(string channel) => volumeOf(channel);
}
