using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>A channel that passed the filters, with what it scores.</summary>
internal readonly struct Candidate(ChannelPlan channel, ulong interfaces, in ScoreModel model, decimal priority, decimal weight)
{
    /// <summary>At this and below, nothing is left of its weight and its priority is behind the healthy ones (C6).</summary>
    private const int Ailing = HealthCounter.Ailing;

    public readonly ChannelPlan Channel = channel;

    /// <summary>A bit for each of its interfaces that passed.</summary>
    public readonly ulong Interfaces = interfaces;

    public readonly ScoreModel Model = model;

    public readonly decimal Priority = priority;

    /// <summary>Above 0: without weight a channel is no candidate.</summary>
    public readonly decimal Weight = weight;

    /// <summary>What health leaves of the weight: each point below 0 takes a tenth off (C6).</summary>
    public decimal Share => Weight * Math.Max(Model.Health - Ailing, 0) / -Ailing;

    public bool IsAiling => Model.Health <= Ailing;
}
