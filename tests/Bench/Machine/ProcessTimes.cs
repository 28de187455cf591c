namespace PaymentEngine.Bench.Machine;

/// <summary>One line of /proc/PID/stat: CPU seconds of the process, and of its children that have ended and been waited for.</summary>
internal readonly record struct ProcessTimes(int Id, int ParentId, double OwnSeconds, double EndedChildrenSeconds)
{
    // The kernel reports in USER_HZ, which is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    public static ProcessTimes Of(int id) =>
        TryRead(id, out var times) ? times : throw new InvalidOperationException($"process {id} is gone");

    public static IEnumerable<ProcessTimes> ChildrenOf(int parentId)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var id) && TryRead(id, out var times) && times.ParentId == parentId)
                yield return times;
        }
    }

    private static bool TryRead(int id, out ProcessTimes times)
    {
        times = default;
        string line;
        try
        {
            line = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return false; // it ended meanwhile
        }

        // The name may hold spaces and parentheses; what follows the last one is state, parent, …
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        double Seconds(int first) => (long.Parse(fields[first]) + long.Parse(fields[first + 1])) / TicksPerSecond;
        times = new ProcessTimes(id, int.Parse(fields[1]), Seconds(11), Seconds(13));
        return true;
    }
}
