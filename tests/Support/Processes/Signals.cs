using System.Diagnostics;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>Signals to processes. One that is gone already misses nothing.</summary>
internal static class Signals
{
    /// <param name="signal">By its name: KILL, STOP, CONT…</param>
    public static async Task SendAsync(string signal, params IEnumerable<int> processes)
    {
        var start = new ProcessStartInfo("kill", [$"-{signal}", .. processes.Select(pid => $"{pid}")]) { RedirectStandardError = true };
        using var kill = Process.Start(start)!;
        await kill.StandardError.ReadToEndAsync();
        await kill.WaitForExitAsync();
    }

    /// <summary>A process and its children.</summary>
    public static IEnumerable<int> Family(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Select(name => int.Parse(name!))
        .Where(pid => pid == parent || ParentOf(pid) == parent);

    private static int ParentOf(int pid)
    {
        try
        {
            // The name before it may hold spaces and brackets: "12 (a (b) c) S 1 …".
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
