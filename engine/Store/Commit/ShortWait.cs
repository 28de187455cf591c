using System.Diagnostics;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Waits of a few milliseconds. Timers of the runtime go by a clock that many kernels move every 4 ms only: one of 1 ms
/// takes 4. A thread that sleeps is woken to the fraction of a millisecond, and one is enough for all who wait.
/// </summary>
internal static class ShortWait
{
    private static readonly PriorityQueue<TaskCompletionSource, long> Waiting = new();

    static ShortWait() => new Thread(WakeAll) { IsBackground = true, Name = "short waits" }.Start();

    public static Task For(TimeSpan time)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Waiting)
        {
            Waiting.Enqueue(done, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
            Monitor.Pulse(Waiting);
        }

        return done.Task;
    }

    private static void WakeAll()
    {
        lock (Waiting)
        {
            while (true)
            {
                if (!Waiting.TryPeek(out _, out var due))
                {
                    Monitor.Wait(Waiting);
                }
                else if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
                {
                    Monitor.Wait(Waiting, (int)Math.Ceiling(left.TotalMilliseconds));
                }
                else
                {
                    Waiting.Dequeue().SetResult();
                }
            }
        }
    }
}
