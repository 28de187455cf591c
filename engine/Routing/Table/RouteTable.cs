using System.Collections.Frozen;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>A setup compiled: what decisions look at. Immutable; a new version of the setup is a new table.</summary>
public sealed class RouteTable
{
    private readonly FrozenDictionary<(string Mode, string? CardKind, string? Terminal), ChannelPlan[]> _classes;
    private readonly FrozenDictionary<string, ChannelPlan> _byCode;

    internal RouteTable(int version, IReadOnlyList<ChannelPlan> channels, IReadOnlyList<PaymentClass> classes)
    {
        Version = version;
        Channels = channels;
        _byCode = channels.ToFrozenDictionary(channel => channel.Code);
        _classes = classes.ToFrozenDictionary(
            known => (known.Mode, known.CardKind, known.Terminal),
            known => known.Channels.Select(code => _byCode[code]).ToArray());
    }

    public int Version { get; }

    public IReadOnlyList<ChannelPlan> Channels { get; }

    public ChannelPlan? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The channels of the most exact class that there is (C1).</summary>
    public IReadOnlyList<ChannelPlan> ClassOf(RouteFacts facts)
    {
        if (_classes.TryGetValue((facts.Mode, facts.CardKind, facts.Terminal), out var exact)
            || _classes.TryGetValue((facts.Mode, facts.CardKind, null), out exact)
            || _classes.TryGetValue((facts.Mode, null, null), out exact))
        {
            return exact;
        }

        return [];
    }
}
