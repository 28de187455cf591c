using System.Diagnostics;

namespace PaymentEngine.Bench.Load;

/// <summary>Nanoseconds of the monotonic clock; on Linux a stopwatch tick is one.</summary>
internal static class Clock
{
    public static long NowNs() => Stopwatch.GetTimestamp();

    public static long ToMicroseconds(long nanoseconds) => nanoseconds / 1000;

    public static long FromMilliseconds(long milliseconds) => milliseconds * 1_000_000;
}
