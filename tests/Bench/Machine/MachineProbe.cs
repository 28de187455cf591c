using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Machine;

/// <summary>
/// What the machine has anybody wait for, measured beside a load: how late a thread wakes up, and how long the disk takes to
/// keep 8 kB. No commit is faster than the two, so a percentile that they have too is not the engine's.
/// </summary>
internal sealed class MachineProbe : IDisposable
{
    private const int Page = 8192;
    private const int Pages = 2048;

    private static readonly TimeSpan WakeEvery = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(10);

    private readonly LatencyHistogram _wakes = new();
    private readonly LatencyHistogram _syncs = new();
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Thread[] _threads;
    private volatile bool _isOver;

    /// <param name="directory">On the disk whose answers count.</param>
    public MachineProbe(string directory)
    {
        _path = Path.Combine(directory, $"probe-{Environment.ProcessId}");
        _file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write);

        // What is only overwritten needs no journal of the file system, as the log of a database that goes round.
        RandomAccess.Write(_file, new byte[Page * Pages], 0);
        RandomAccess.FlushToDisk(_file);
        _threads = [new Thread(Wake), new Thread(Sync)];
        foreach (var thread in _threads)
        {
            thread.IsBackground = true;
            thread.Start();
        }
    }

    /// <summary>Ends it, and tells what it saw.</summary>
    public MachineWaits Stop()
    {
        Dispose();
        return new MachineWaits(_wakes.Summary(), _syncs.Summary());
    }

    public void Dispose()
    {
        _isOver = true;
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _file.Dispose();
        File.Delete(_path);
    }

    private void Wake() => Repeat(WakeEvery, _wakes, () => { });

    private void Sync()
    {
        var (page, next) = (new byte[Page], 0);
        Random.Shared.NextBytes(page);
        Repeat(SyncEvery, _syncs, () =>
        {
            RandomAccess.Write(_file, page, (next++ % Pages) * (long)Page);
            if (FDataSync(_file) != 0)
            {
                throw new IOException($"the disk did not keep {_path}: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        });
    }

    /// <summary>An open loop: what falls due while one takes long waits too, and counts from its own moment.</summary>
    private void Repeat(TimeSpan every, LatencyHistogram into, Action act)
    {
        var due = Stopwatch.GetTimestamp();
        var step = (long)(every.TotalSeconds * Stopwatch.Frequency);
        while (!_isOver)
        {
            due += step;
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                Thread.Sleep(early);
            }

            act();
            into.Record((long)Stopwatch.GetElapsedTime(due).TotalMicroseconds);
        }
    }

    /// <summary>What PostgreSQL does with its log. That of .NET writes the file's times too, which is a commit of the file system.</summary>
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int FDataSync(SafeFileHandle file);
}

/// <param name="Wakes">Milliseconds that a thread came too late.</param>
/// <param name="Syncs">Milliseconds until the disk had kept 8 kB, from the moment at which they were due.</param>
internal sealed record MachineWaits(Latency Wakes, Latency Syncs);
