using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Replay;

/// <summary>Counts, in words, why a table found no channel.</summary>
internal sealed class RemovalCount(RouteTable table)
{
    private readonly RoutingSetup _setup = new() { Channels = [.. table.Channels.Select(channel => channel.Setup)] };
    private readonly Dictionary<(string? Channel, string? Interface, string Words), int> _counts = [];

    public void Add(RouteDecision decision, RouteFacts facts)
    {
        var removals = Explanation.Read(decision.Explanation, _setup).Removals;
        foreach (var removal in removals)
        {
            Count((removal.Channel, removal.Interface, removal.Words));
        }

        if (removals.Count == 0)
        {
            Count((null, null, $"no class has channels for {string.Join(", ", new[] { facts.Mode, facts.CardKind, facts.Terminal }.OfType<string>())}"));
        }
    }

    public IReadOnlyList<ReplayReason> Reasons() =>
    [
        .. _counts.Select(reason => new ReplayReason(reason.Key.Channel, reason.Key.Interface, reason.Key.Words, reason.Value))
            .OrderByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Channel, StringComparer.Ordinal)
            .ThenBy(reason => reason.Interface, StringComparer.Ordinal)
            .ThenBy(reason => reason.Words, StringComparer.Ordinal),
    ];

    private void Count((string?, string?, string) reason) => _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
}
