namespace PaymentEngine.Tests.Unit.Support;

/// <summary>A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, each at its own moment.</summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(FakeTimer Timer, long Setting), DateTimeOffset> _due = new();
    private DateTimeOffset _now = start;
    private DateTimeOffset _lastSet = start;
    private TaskCompletionSource _timerSet = NewSignal();

    public FakeClock()
        : this(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (FireNext(until))
        {
        }

        lock (_gate)
        {
            _now = until;
        }
    }

    /// <summary>
    /// Moves from timer to timer until the work is done, but never further than allowed from where the last timer was
    /// set: what comes late, over a wire say, finds all of the time that what came early had. While the work is busy
    /// elsewhere, this waits for its next timer; what is not done after half a minute of real time will never be.
    /// </summary>
    public async Task RunUntilDone(Task work, TimeSpan within)
    {
        var started = GetUtcNow();
        while (!work.IsCompleted)
        {
            var (timerSet, lastSet) = TimerSet();
            if (!FireNext((lastSet > started ? lastSet : started) + within))
            {
                await Task.WhenAny(work, timerSet).WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (Task Next, DateTimeOffset Last) TimerSet()
    {
        lock (_gate)
        {
            return (_timerSet.Task, _lastSet);
        }
    }

    private bool FireNext(DateTimeOffset until)
    {
        FakeTimer timer;
        long setting;
        lock (_gate)
        {
            if (!_due.TryPeek(out var next, out var at) || at > until)
            {
                return false;
            }

            _due.Dequeue();
            _now = at > _now ? at : _now;
            (timer, setting) = next;
        }

        timer.Fire(setting);
        return true;
    }

    private void Schedule(FakeTimer timer, long setting, TimeSpan wait)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _due.Enqueue((timer, setting), _now + wait);
            _lastSet = _now;
            (signal, _timerSet) = (_timerSet, NewSignal());
        }

        signal.SetResult();
    }

    /// <summary>A timer fires only for its latest setting; each change makes the earlier ones stale.</summary>
    private sealed class FakeTimer(FakeClock clock, Action fire) : ITimer
    {
        private long _setting;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = Interlocked.Increment(ref _setting);
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Schedule(this, setting, dueTime);
            }

            return true;
        }

        public void Fire(long setting)
        {
            if (Interlocked.Read(ref _setting) != setting)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                clock.Schedule(this, setting, _period);
            }

            fire();
        }

        public void Dispose() => Interlocked.Increment(ref _setting);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
