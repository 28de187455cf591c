namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Draws what is hurt in a run, and when. One thing after the other is hurt, so that each is seen to heal.</summary>
internal static class MischiefPlanner
{
    private const int Most = 5;

    public static IReadOnlyList<Mischief> Draw(Random random, bool onRabbit)
    {
        Target[] targets = [.. Enum.GetValues<Target>().Where(target => onRabbit || !IsOfTheBroker(target))];
        var (at, mischiefs) = (TimeSpan.FromSeconds(1), new List<Mischief>());
        for (var count = random.Next(2, Most + 1); count > 0; count--)
        {
            var target = targets[random.Next(targets.Length)];
            var lasts = target == Target.NodeFrozen ? TimeSpan.FromSeconds(7) : TimeSpan.FromMilliseconds(random.Next(300, 3_500));
            mischiefs.Add(new Mischief(target, random.Next(), at, lasts));
            at += lasts + TimeSpan.FromMilliseconds(random.Next(300, 2_500));
        }

        return mischiefs;
    }

    private static bool IsOfTheBroker(Target target) => target is Target.BrokerWire;
}
