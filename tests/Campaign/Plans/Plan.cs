using PaymentEngine.Tests.Campaign.Mischiefs;

namespace PaymentEngine.Tests.Campaign.Plans;

/// <summary>What happens in one run. It follows from the seed alone.</summary>
/// <param name="Nodes">Engines on the one database.</param>
/// <param name="OnRabbit">Whether they share a broker, or each has the bus inside.</param>
/// <param name="OnSmallDisk">The database is on a disk that can be filled.</param>
/// <param name="Profile">How the bank behaves by itself.</param>
/// <param name="ClockOffHours">How wrong the clock of each node is.</param>
/// <param name="Deaths">The failpoints at which each node dies, one after the other.</param>
/// <param name="Mischiefs">What else is hurt.</param>
/// <param name="AllAtOnce">While nodes die, and not after it.</param>
internal sealed record Plan(
    int Seed,
    int Nodes,
    bool OnRabbit,
    bool OnSmallDisk,
    string Profile,
    IReadOnlyList<int> ClockOffHours,
    IReadOnlyList<IReadOnlyList<Death>> Deaths,
    IReadOnlyList<Mischief> Mischiefs,
    bool AllAtOnce)
{
    public IEnumerable<Failpoint> Failpoints => Deaths.SelectMany(node => node).Select(death => death.Point).Distinct();

    /// <summary>Which node the bank calls back.</summary>
    public static int CalledBack(int seed, int nodes) => seed % nodes;

    public string Words => string.Join(", ", (IEnumerable<string>)
    [
        Nodes == 1 ? "1 node" : $"{Nodes} nodes",
        OnRabbit ? "RabbitMQ" : "bus inside",
        $"bank {Profile}",
        .. ClockOffHours.Select((hours, node) => (hours, node)).Where(off => off.hours != 0).Select(off => $"clock of node {off.node + 1} {off.hours:+0;-0} h"),
        AllAtOnce ? "all at once" : "one after the other",
        $"dies at {string.Join(' ', Failpoints)}",
    ]);
}

/// <summary>A node dies when it passes a failpoint for the given time.</summary>
internal sealed record Death(Failpoint Point, int Pass);
