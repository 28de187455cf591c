using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Bench.Routing;

/// <summary>A usual moment: what is asked is looked up, as the engine does, and nothing stands in the way.</summary>
internal sealed class UsualConditions(RouteTable table) : IRouteConditions
{
    private readonly Dictionary<string, int> _health = table.Channels.Where(channel => channel.Index % 7 == 0).ToDictionary(channel => channel.Code, _ => -2);
    private readonly Dictionary<string, decimal> _volumes = table.Channels.ToDictionary(channel => channel.Code, channel => channel.Index * 10_000m);
    private readonly HashSet<(string Card, string Channel)> _failed = [("card-x", "channel-000")];

    private readonly Dictionary<LimitPlan, long> _taken = table.Channels.SelectMany(channel => channel.Interfaces)
        .SelectMany(known => known.Limits).ToDictionary(limit => limit, _ => 1_000_00L, ReferenceEqualityComparer.Instance as IEqualityComparer<LimitPlan>);

    public int HealthOf(string channel, string? institution) => _health.GetValueOrDefault(channel);

    public bool MayProbe(string channel, string? institution) => false;

    public int BacklogOf(string channel) => 0;

    public bool Covers(string channel, RouteFacts facts) => true;

    public bool FailedForCard(string card, string channel) => _failed.Contains((card, channel));

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) =>
        _taken[limit] + facts.Amount.Minor <= (limit.Amount ?? long.MaxValue);

    public bool IsSpent(string card) => false;

    public IRouteConditions WithoutMemories => this;

    public void NoteFull(in LimitCounter counter, long amount)
    {
    }

    public decimal VolumeOf(string channel) => _volumes[channel];
}
