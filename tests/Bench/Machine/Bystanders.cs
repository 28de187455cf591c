using System.Diagnostics;

namespace PaymentEngine.Bench.Machine;

/// <summary>
/// How many processors anything but this benchmark's own programs used meanwhile. A ratio of two figures means nothing
/// when a stranger slowed one of them.
/// </summary>
internal sealed class Bystanders(int postmasterId)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly double _start = Seconds(postmasterId);

    /// <summary>To be asked when the programs that ran meanwhile have ended: they count as children of this one.</summary>
    public double Processors() => (Seconds(postmasterId) - _start) / _watch.Elapsed.TotalSeconds;

    private static double Seconds(int postmasterId)
    {
        var self = ProcessTimes.Of(Environment.ProcessId);
        return CpuMeter.Machine() - CpuMeter.Postgres(postmasterId) - self.OwnSeconds - self.EndedChildrenSeconds;
    }
}
