namespace PaymentEngine.Bench.Machine;

/// <summary>CPU seconds since the start of each process group, and of the whole machine since its own start.</summary>
internal sealed record CpuSeconds(double Engine, double Postgres, double Broker, double Generator, double Outside, double Machine)
{
    public static CpuSeconds operator -(CpuSeconds later, CpuSeconds earlier) => new(
        later.Engine - earlier.Engine,
        later.Postgres - earlier.Postgres,
        later.Broker - earlier.Broker,
        later.Generator - earlier.Generator,
        later.Outside - earlier.Outside,
        later.Machine - earlier.Machine);
}

/// <summary>Reads /proc, so that no process has to report about itself.</summary>
internal sealed class CpuMeter(int engineId, int postmasterId, int generatorId, int? brokerId = null, int? outsideId = null)
{
    public CpuSeconds Read() =>
        new(Of(engineId), Postgres(postmasterId), Of(brokerId), Of(generatorId), Of(outsideId), Machine());

    /// <summary>The postmaster waits for every backend, so those that ended are counted with it.</summary>
    public static double Postgres(int postmasterId)
    {
        var postmaster = ProcessTimes.Of(postmasterId);
        return postmaster.OwnSeconds + postmaster.EndedChildrenSeconds
            + ProcessTimes.ChildrenOf(postmasterId).Sum(backend => backend.OwnSeconds);
    }

    /// <summary>Everything but idle, waiting for disks, and time that the hypervisor took away.</summary>
    public static double Machine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7]; // user, nice, system, irq, softirq
        return busy.Sum(field => long.Parse(fields[field])) / 100.0;
    }

    private static double Of(int? process) => process is { } id ? ProcessTimes.Of(id).OwnSeconds : 0;
}
