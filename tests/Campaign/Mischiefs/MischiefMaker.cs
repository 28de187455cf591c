using PaymentEngine.Tests.Campaign.Run;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Does what is planned to the site.</summary>
internal sealed class MischiefMaker(Site site)
{
    private readonly List<string> _done = [];

    /// <summary>What was done, in words.</summary>
    public IReadOnlyList<string> Done => _done;

    public async Task RunAsync(IEnumerable<Mischief> mischiefs)
    {
        var begin = Environment.TickCount64;
        foreach (var mischief in mischiefs)
        {
            var left = mischief.At - TimeSpan.FromMilliseconds(Environment.TickCount64 - begin);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            var fault = FaultOf(mischief.Target, new Random(mischief.Seed));
            _done.Add($"{fault.Name} for {mischief.Lasts.TotalSeconds:0.0} s");
            await fault.InflictAsync();
            await Task.Delay(mischief.Lasts);
            await fault.HealAsync();
            // Connections of our own that the server has dropped.
            site.Database.Sql.Clear();
        }
    }

    private Fault FaultOf(Target target, Random random)
    {
        var node = site.Nodes[random.Next(site.Nodes.Count)];
        return target switch
        {
            Target.NodeKilled => new Fault($"node {node.Number} is killed", node.KillAsync, () => Task.CompletedTask),
            Target.NodeFrozen => new Fault($"node {node.Number} is stopped", node.FreezeAsync, node.ThawAsync),
            Target.DatabaseWire => OneOf(WireFaults.Of($"node {node.Number}'s wire to the database", site.Wires.Database(node), random), random),
            Target.DatabaseServer => OneOf(DatabaseFaults.Of(site.Ground.Cluster, site.Database, random), random),
            Target.DatabaseDisk => DatabaseFaults.FullDisk(site.Ground.Disk!, site.Ground.Cluster, random),
            Target.BrokerServer => OneOf(BrokerFaults.Of(site.Broker!, random), random),
            Target.Clock => Jumping(node, TimeSpan.FromMinutes(random.Next(-3_000, 3_000))),
            Target.BankWire => OneOf(WireFaults.Of("the wire to the bank", site.Wires.Bank, random), random),
            Target.CallbackWire => OneOf(WireFaults.Of("the bank's wire to us", site.Wires.Callbacks, random), random),
            Target.BrokerWire => OneOf(WireFaults.Of($"node {node.Number}'s wire to the broker", site.Wires.Broker(node), random), random),
            Target.Receiver => OneOf([Answering("refuses", 500), Answering("does not answer", NotificationReceiver.Never)], random),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "unknown target"),
        };
    }

    private static Fault Jumping(Node node, TimeSpan offset) => new(
        $"the clock of node {node.Number} jumps by {offset.TotalHours:+0.0;-0.0} h", () => SetClockAsync(node, offset), () => SetClockAsync(node, TimeSpan.Zero));

    private static Task SetClockAsync(Node node, TimeSpan offset)
    {
        node.Clock.Offset = offset;
        return Task.CompletedTask;
    }

    private Fault Answering(string what, int status) => new(
        $"the merchants' receiver {what}", () => AnswerAsync(status), () => AnswerAsync(204));

    private Task AnswerAsync(int status)
    {
        site.Receiver.Answer = _ => status;
        return Task.CompletedTask;
    }

    private static Fault OneOf(IReadOnlyList<Fault> faults, Random random) => faults[random.Next(faults.Count)];
}
