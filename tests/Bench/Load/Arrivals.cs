namespace PaymentEngine.Bench.Load;

/// <summary>When payments are meant to be sent. Times are nanoseconds of the generator's own clock.</summary>
internal abstract class Arrivals
{
    /// <summary>When the next one is due; <see cref="long.MaxValue"/> when nothing is waited for.</summary>
    public abstract long NextAt { get; }

    /// <summary>Nothing will ever be due again.</summary>
    public abstract bool Exhausted { get; }

    /// <summary>Takes the next payment if it is due. Its latency counts from the intended time, however late it is sent.</summary>
    public abstract bool TryTake(long now, out long intendedAt);

    public static Arrivals None { get; } = new ClosedLoop(0);

    /// <summary>A payment whenever a connection is free, up to a count.</summary>
    public static Arrivals Closed(long count) => new ClosedLoop(count);

    /// <summary>A fixed rate that does not wait for answers.</summary>
    public static Arrivals Open(double perSecond, long startAt) => new OpenLoop(perSecond, startAt);

    private sealed class ClosedLoop(long count) : Arrivals
    {
        private long _left = count;

        public override long NextAt => long.MaxValue;

        public override bool Exhausted => _left == 0;

        public override bool TryTake(long now, out long intendedAt)
        {
            intendedAt = now;
            return _left > 0 && _left-- > 0;
        }
    }

    private sealed class OpenLoop(double perSecond, long startAt) : Arrivals
    {
        private long _taken;

        public override long NextAt => startAt + (long)(_taken * (1e9 / perSecond));

        public override bool Exhausted => false;

        public override bool TryTake(long now, out long intendedAt)
        {
            intendedAt = NextAt;
            if (intendedAt > now)
                return false;
            _taken++;
            return true;
        }
    }
}
