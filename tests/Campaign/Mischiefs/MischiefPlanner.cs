namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Draws what is hurt in a run, and when. One thing after the other is hurt, so that each is seen to heal.</summary>
internal static class MischiefPlanner
{
    private const int Most = 5;

    public static IReadOnlyList<Mischief> Draw(Random random, bool onRabbit, bool onSmallDisk)
    {
        Target[] targets = [.. Enum.GetValues<Target>().Where(target => target switch
        {
            Target.BrokerWire or Target.BrokerServer => onRabbit,
            Target.DatabaseDisk => onSmallDisk,
            _ => true,
        })];
        var (at, mischiefs) = (TimeSpan.FromSeconds(1), new List<Mischief>());
        for (var count = random.Next(2, Most + 1); count > 0; count--)
        {
            // What a run was furnished for happens in it.
            var target = onSmallDisk && mischiefs.Count == 0 ? Target.DatabaseDisk
                : onRabbit && mischiefs.Count == 1 ? Target.BrokerServer
                : targets[random.Next(targets.Length)];
            var lasts = target == Target.NodeFrozen ? TimeSpan.FromSeconds(7) : TimeSpan.FromMilliseconds(random.Next(300, 2_500));
            mischiefs.Add(new Mischief(target, random.Next(), at, lasts));
            at += lasts + TimeSpan.FromMilliseconds(random.Next(300, 1_500));
        }

        return mischiefs;
    }
}
