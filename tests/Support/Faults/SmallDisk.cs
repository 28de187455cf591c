using System.Diagnostics;
using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>
/// A disk in memory, small enough to be filled. It is mounted in a name space of its own: only who enters there sees it,
/// and it goes with the last process in it, however that ends. Needs root, or a kernel that lets anybody make user
/// name spaces.
/// </summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const int NoSpaceLeft = 28;

    private readonly Process _holder;

    private SmallDisk(string directory, Process holder) => (Directory, _holder) = (directory, holder);

    /// <summary>Where it is, for those inside.</summary>
    public string Directory { get; }

    /// <summary>The words before a command that make it run inside.</summary>
    public string[] Entrance => Environment.IsPrivilegedProcess
        ? ["nsenter", "-t", $"{_holder.Id}", "-m", "--"]
        : ["nsenter", "-t", $"{_holder.Id}", "-U", "-m", "--preserve-credentials", "--"];

    private string Filler => FromOutside(Path.Combine(Directory, "filler"));

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("payment-engine-disk-").FullName;
        string[] unprivileged = Environment.IsPrivilegedProcess ? [] : ["-U", "--map-current-user", "--keep-caps"];
        // The holder ends when its input does, with us at the latest, and not before: a signal to all of us is for us to obey.
        var script = $"trap '' INT TERM; mount -t tmpfs -o size={megabytes}m,mode=755 tmpfs {directory} && echo mounted && exec cat";
        var holder = Process.Start(new ProcessStartInfo("unshare", [.. unprivileged, "-m", "sh", "-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return await holder.StandardOutput.ReadLineAsync() == "mounted"
            ? new SmallDisk(directory, holder)
            : throw new InvalidOperationException("no disk can be mounted: neither root nor free to make user name spaces");
    }

    /// <summary>A path inside as this process reaches it.</summary>
    public string FromOutside(string path) => $"/proc/{_holder.Id}/root{path}";

    /// <summary>Takes the space there is, but for so much.</summary>
    public async Task FillAsync(long exceptBytes)
    {
        var disk = new DriveInfo(FromOutside(Directory));
        var block = new byte[64 * 1024];
        await using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (long free; (free = disk.AvailableFreeSpace) > exceptBytes;)
            {
                await filler.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, free - exceptBytes)));
            }
        }
        catch (IOException full) when (full.HResult == NoSpaceLeft)
        {
            // Somebody else took the rest.
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        System.IO.Directory.Delete(Directory);
    }
}
