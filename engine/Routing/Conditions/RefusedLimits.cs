using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Conditions;

/// <summary>The conditions of a decision to which the database has said that some limits are full.</summary>
internal sealed class RefusedLimits(IRouteConditions known, IReadOnlyCollection<LimitCounter> full, EngineDirectory directory) : IRouteConditions
{
    /// <summary>What the database has said to this decision is no memory.</summary>
    public IRouteConditions WithoutMemories => new RefusedLimits(known.WithoutMemories, full, directory);

    public int HealthOf(string channel, string? institution) => known.HealthOf(channel, institution);

    public bool MayProbe(string channel, string? institution) => known.MayProbe(channel, institution);

    public int BacklogOf(string channel) => known.BacklogOf(channel);

    public bool Covers(string channel, RouteFacts facts) => known.Covers(channel, facts);

    public bool FailedForCard(string card, string channel) => known.FailedForCard(card, channel);

    public bool IsSpent(string card) => known.IsSpent(card);

    public void NoteFull(in LimitCounter counter, long amount) => known.NoteFull(counter, amount);

    public bool Fits(ChannelPlan channel, InterfacePlan one, LimitPlan limit, RouteFacts facts)
    {
        if (directory.FindChannel(channel.Code) is { } settings)
        {
            foreach (var counter in full)
            {
                if (limit.IsCounter(counter, settings.Id, one, facts))
                {
                    return false;
                }
            }
        }

        return known.Fits(channel, one, limit, facts);
    }

    public decimal VolumeOf(string channel) => known.VolumeOf(channel);
}
