namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// Waiting for thousands at once: all who wait for moments within the same few milliseconds share one timer and are
/// woken by one thread, which then also shares one write to the journal.
/// </summary>
internal sealed class SharedDelays(TimeProvider clock)
{
    public const int StepMs = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Task> _delays = [];
    private readonly long _start = clock.GetTimestamp();

    /// <summary>This moment, to be added to and waited for.</summary>
    public long NowMs => (long)clock.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Completes at the moment or up to a step later.</summary>
    public Task Until(long momentMs)
    {
        var now = NowMs;
        if (momentMs <= now)
        {
            return Task.CompletedTask;
        }

        var step = (momentMs + StepMs - 1) / StepMs;
        lock (_gate)
        {
            if (_delays.TryGetValue(step, out var shared))
            {
                return shared;
            }

            var delay = Task.Delay(TimeSpan.FromMilliseconds(step * StepMs - now), clock);
            _delays.Add(step, delay);
            Then(delay, () => Remove(step));
            return delay;
        }
    }

    /// <summary>Acts at the moment or up to a step later, on the thread on which the timer fires.</summary>
    public void At(long momentMs, Action action) => Then(Until(momentMs), action);

    private static void Then(Task delay, Action action) => delay.ContinueWith(
        _ => action(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void Remove(long step)
    {
        lock (_gate)
        {
            _delays.Remove(step);
        }
    }
}
