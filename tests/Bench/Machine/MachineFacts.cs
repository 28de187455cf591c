using System.Globalization;

namespace PaymentEngine.Bench.Machine;

/// <summary>Where figures come from; without it they cannot be compared.</summary>
internal sealed record MachineFacts(string Commit, bool CommitIsDirty, int Processors, string CpuModel, long MemoryBytes, string Kernel, string WriteBack, DateTimeOffset Date)
{
    public static async Task<MachineFacts> ReadAsync(TimeProvider clock, CancellationToken cancellation) => new(
        await GitAsync(["rev-parse", "HEAD"], cancellation) ?? "unknown",
        await GitAsync(["status", "--porcelain", "--untracked-files=no"], cancellation) is { Length: > 0 },
        Environment.ProcessorCount,
        ValueOf("/proc/cpuinfo", "model name"),
        long.Parse(ValueOf("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) * 1024,
        (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", cancellation)).Trim(),
        WriteBackSetting(),
        clock.GetUtcNow());

    /// <summary>When the kernel begins to write table pages decides how long commits wait behind them.</summary>
    private static string WriteBackSetting()
    {
        string Read(string name) => File.ReadAllText($"/proc/sys/vm/{name}").Trim();
        return Read("dirty_background_bytes") is var bytes and not "0"
            ? $"vm.dirty_background_bytes={bytes}"
            : $"vm.dirty_background_ratio={Read("dirty_background_ratio")}";
    }

    private static string ValueOf(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    /// <summary>Null outside a repository that git trusts: an unpacked archive can be measured too.</summary>
    private static async Task<string?> GitAsync(string[] arguments, CancellationToken cancellation)
    {
        await using var git = ChildProcess.Start("git", ["-C", Repository.Root, .. arguments]);
        return await git.ExitCodeAsync(cancellation) == 0 ? string.Join('\n', git.Output()) : null;
    }
}
