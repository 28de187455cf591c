using System.Diagnostics;
using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>
/// The wall clock of one node, which can be set wrong while it runs: everything in the process sees it, the engine's
/// code as well as its libraries. Durations stay true. Made by a few lines of C, so a C compiler is needed.
/// </summary>
public sealed class WallClock
{
    private static readonly Lazy<Task<string>> Library = new(CompileAsync);

    private readonly string _file;

    private WallClock(string file) => _file = file;

    /// <summary>How far it is off. Zero to begin with.</summary>
    public TimeSpan Offset
    {
        set
        {
            // Never truncated: processes have it mapped.
            using var file = new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(BitConverter.GetBytes((long)value.TotalSeconds));
        }
    }

    /// <summary>For the processes that are started with these settings from now on.</summary>
    public static async Task<WallClock> GiveAsync(EngineSettings settings)
    {
        var clock = new WallClock(Path.Combine(settings.Directory, "clock-offset")) { Offset = TimeSpan.Zero };
        settings.Environment["LD_PRELOAD"] = await Library.Value;
        settings.Environment["PAYMENT_ENGINE_CLOCK_OFFSET"] = clock._file;
        return clock;
    }

    private static async Task<string> CompileAsync()
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "wall-clock"))
        {
            RedirectStandardOutput = true,
        })!;
        var library = (await script.StandardOutput.ReadToEndAsync()).Trim();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? library : throw new InvalidOperationException($"scripts/wall-clock ended with {script.ExitCode}");
    }
}
