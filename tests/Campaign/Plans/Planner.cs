using PaymentEngine.Tests.Campaign.Mischiefs;

namespace PaymentEngine.Tests.Campaign.Plans;

/// <summary>Draws plans. Failpoints go round: as many seeds in a row as there are slices meet all of them.</summary>
internal static class Planner
{
    public const int Slices = 10;

    /// <summary>One plan for each seed.</summary>
    public static IEnumerable<Plan> Draw(int firstSeed, int count, int slices) =>
        Enumerable.Range(firstSeed, count).Select(seed => Draw(seed, [.. Enum.GetValues<Failpoint>().Where((_, index) => index % slices == seed % slices)]));

    /// <summary>A quiet run, but for deaths at one point.</summary>
    public static Plan Only(Failpoint point, int seed) => Draw(seed, [point]) with { Profile = "calm", OnSmallDisk = false, Mischiefs = [] };

    private static Plan Draw(int seed, Failpoint[] points)
    {
        var random = new Random(seed);
        random.Shuffle(points);

        // Migrations come before everything, then the turn of the day, and with both the first node.
        points = [.. points.OrderByDescending(FailpointNeeds.IsOfAnEmptyDatabase).ThenByDescending(FailpointNeeds.IsOfTheTurn)];
        var nodes = points.Any(FailpointNeeds.WantsSleep) || random.Next(3) > 0 ? 2 : 1;
        var onRabbit = random.Next(5) < 2;
        var onSmallDisk = random.Next(6) == 0;
        var profile = random.Next(10) switch { < 5 => "calm", < 8 => "real", _ => "hell" };
        int[] clocks = [.. Enumerable.Range(0, nodes).Select(_ => random.Next(3) == 0 ? random.Next(-30, 31) : 0)];
        var alone = points.Count(point => FailpointNeeds.IsOfAnEmptyDatabase(point) || FailpointNeeds.IsOfTheTurn(point));
        var deaths = points.Select(point => new Death(point, FailpointNeeds.IsFrequent(point) ? random.Next(1, 6) : 1)).ToList();
        return new Plan(
            seed,
            nodes,
            onRabbit,
            onSmallDisk,
            profile,
            clocks,
            [.. Enumerable.Range(0, nodes).Select(node => (IReadOnlyList<Death>)[.. deaths.Where((death, index) => PlaceOf(death, index) == node)])],
            MischiefPlanner.Draw(random, onRabbit, onSmallDisk),
            AllAtOnce: random.Next(4) == 0);

        int PlaceOf(Death death, int index) =>
            index < alone ? 0
            : FailpointNeeds.WantsCallbacks(death.Point) && !onRabbit ? Plan.CalledBack(seed, nodes)
            : index % nodes;
    }
}
