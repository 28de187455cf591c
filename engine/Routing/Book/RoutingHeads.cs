namespace PaymentEngine.Routing.Book;

/// <summary>The book as a node knows it: every activation, and the texts that decide now or will without anybody's further word.</summary>
/// <param name="Rows">How many rows the book had: it only grows, so the same number is the same book.</param>
public sealed record RoutingHeads(
    long Rows, IReadOnlyList<RoutingActivation> Activations, IReadOnlyDictionary<RoutingVersionId, RoutingVersion> Versions)
{
    public static readonly RoutingHeads Empty = new(0, [], new Dictionary<RoutingVersionId, RoutingVersion>());

    /// <summary>The versions that decide at an instant or later, by what is approved today.</summary>
    public static HashSet<RoutingVersionId> NeededFrom(DateTimeOffset instant, IReadOnlyList<RoutingActivation> activations)
    {
        var now = RoutingInForce.At(instant, activations);
        var needed = VersionsOf(now).ToHashSet();
        foreach (var next in now.Scheduled)
        {
            needed.UnionWith(VersionsOf(RoutingInForce.At(next.EffectiveAt!.Value, activations)));
        }

        return needed;
    }

    private static IEnumerable<RoutingVersionId> VersionsOf(RoutingInForce inForce) => inForce.Scripts.Values
        .Prepend(inForce.Setup)
        .SelectMany(standing => standing.Versions.Select(version => new RoutingVersionId(standing.Item, version)));
}
