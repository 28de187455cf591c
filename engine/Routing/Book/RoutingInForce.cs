namespace PaymentEngine.Routing.Book;

/// <summary>One item as it stands at an instant. Versions are 0 where there is none.</summary>
/// <param name="LastGood">The version that was active before and decides when the active one cannot.</param>
/// <param name="Since">When the active version became so.</param>
public sealed record RoutingStanding(RoutingItem Item, int Active, int LastGood, int OnTrial, int TrialPercent, DateTimeOffset? Since)
{
    public static RoutingStanding None(RoutingItem item) => new(item, 0, 0, 0, 0, null);

    public IEnumerable<int> Versions => new[] { Active, LastGood, OnTrial }.Where(version => version > 0);
}

/// <summary>What is in force at an instant; it follows from the activations and nothing else (C17).</summary>
public sealed record RoutingInForce(
    RoutingStanding Setup, IReadOnlyDictionary<string, RoutingStanding> Scripts, IReadOnlyList<RoutingActivation> Scheduled)
{
    public static RoutingInForce At(DateTimeOffset instant, IEnumerable<RoutingActivation> activations)
    {
        var effective = activations.Where(it => it.EffectiveAt is not null).OrderBy(it => it.EffectiveAt).ThenBy(it => it.Id).ToList();
        var standings = effective
            .Where(it => it.EffectiveAt <= instant)
            .GroupBy(it => it.Item)
            .ToDictionary(of => of.Key, of => StandingOf(of.Key, of));
        return new RoutingInForce(
            standings.GetValueOrDefault(RoutingItem.Setup) ?? RoutingStanding.None(RoutingItem.Setup),
            standings.Where(it => !it.Key.IsSetup).ToDictionary(it => it.Key.Name, it => it.Value),
            [.. effective.Where(it => it.EffectiveAt > instant)]);
    }

    public RoutingStanding Of(RoutingItem item) =>
        item.IsSetup ? Setup : Scripts.GetValueOrDefault(item.Name) ?? RoutingStanding.None(item);

    /// <summary>Whether the same versions decide; what is yet to come may differ.</summary>
    public bool DecidesAs(RoutingInForce other) =>
        Setup == other.Setup && Scripts.Count == other.Scripts.Count
        && Scripts.All(it => other.Scripts.TryGetValue(it.Key, out var standing) && standing == it.Value);

    /// <summary>
    /// Who was active before whom is a stack: a rollback takes off what it undoes, so that the last good version is
    /// never one that was taken back.
    /// </summary>
    private static RoutingStanding StandingOf(RoutingItem item, IEnumerable<RoutingActivation> inOrder)
    {
        var active = new List<(int Version, DateTimeOffset? Since)> { (0, null) };
        RoutingActivation? trial = null;
        foreach (var next in inOrder)
        {
            if (next.IsTrial)
            {
                trial = next;
                continue;
            }

            trial = null;
            if (active[^1].Version == next.Version)
            {
                continue;
            }

            var before = next.IsRollback ? active.FindLastIndex(it => it.Version == next.Version) : -1;
            if (before >= 0)
            {
                active.RemoveRange(before, active.Count - before);
            }

            active.Add((next.Version, next.EffectiveAt));
        }

        var now = active[^1];
        var good = active.FindLast(it => it.Version != now.Version && it.Version > 0).Version;
        return trial is not null && trial.Version != now.Version
            ? new RoutingStanding(item, now.Version, good, trial.Version, trial.Share, now.Since)
            : new RoutingStanding(item, now.Version, good, 0, 0, now.Since);
    }
}
