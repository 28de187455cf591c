using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Lines;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>The conditions of the moment as this node knows them: everything is in memory, and nothing is made to answer.</summary>
public sealed class RouteConditions(
    ChannelHealth health, CardMemory cards, ReserveDesk reserves, ChannelVolumes volumes, FullLimits limits, LineSet lines, DirectoryHolder directory)
    : IRouteConditions
{
    public IRouteConditions WithoutMemories => field ??= new Forgetful(this);

    public int HealthOf(string channel, string? institution) => health.Of(channel, institution);

    public bool MayProbe(string channel, string? institution) => health.MayProbe(channel, institution);

    /// <summary>What waits on this node for a place on the channel's line; channels that share a line wait for each other.</summary>
    public int BacklogOf(string channel) => directory.Current.FindChannel(channel) is { } settings ? lines.Of(settings.Id).Waiting : 0;

    public bool Covers(string channel, RouteFacts facts) => reserves.Covers(channel, facts.Amount);

    public bool FailedForCard(string card, string channel) => cards.Failed(card, channel);

    public bool IsSpent(string card) => cards.IsSpent(card);

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) =>
        limits.IsEmpty || directory.Current.FindChannel(channel.Code) is not { } settings || limits.Fits(settings.Id, known, limit, facts);

    public decimal VolumeOf(string channel) => volumes.Of(channel);

    public void NoteFull(in LimitCounter counter, long amount) => limits.Note(counter, amount);

    private sealed class Forgetful(RouteConditions known) : IRouteConditions
    {
        public int HealthOf(string channel, string? institution) => known.HealthOf(channel, institution);

        public bool MayProbe(string channel, string? institution) => known.MayProbe(channel, institution);

        public int BacklogOf(string channel) => known.BacklogOf(channel);

        public bool Covers(string channel, RouteFacts facts) => known.Covers(channel, facts);

        public bool FailedForCard(string card, string channel) => false;

        public bool IsSpent(string card) => known.IsSpent(card);

        public bool Fits(ChannelPlan channel, InterfacePlan one, LimitPlan limit, RouteFacts facts) => true;

        public IRouteConditions WithoutMemories => this;

        public void NoteFull(in LimitCounter counter, long amount) => known.NoteFull(counter, amount);

        public decimal VolumeOf(string channel) => known.VolumeOf(channel);
    }
}
