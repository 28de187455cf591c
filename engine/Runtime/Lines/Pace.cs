namespace PaymentEngine.Runtime.Lines;

/// <summary>
/// Spreads calls over time: so many a second, with at most a second's worth at once after a quiet time. Reserving says
/// when the call may begin, so that nobody has to be refused to be slowed down.
/// </summary>
public sealed class Pace
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _step;
    private DateTimeOffset _next;

    public Pace(int perSecond) => _step = TimeSpan.FromSeconds(1) / perSecond;

    /// <summary>The moment at which the call may begin; null, and nothing is reserved, when that is after <paramref name="latest"/>.</summary>
    public DateTimeOffset? Reserve(DateTimeOffset now, DateTimeOffset latest)
    {
        lock (_gate)
        {
            var earliest = now - TimeSpan.FromSeconds(1) + _step;
            var slot = _next > earliest ? _next : earliest;
            var begins = slot > now ? slot : now;
            if (begins > latest)
            {
                return null;
            }

            _next = slot + _step;
            return begins;
        }
    }

    /// <summary>How many calls may begin until <paramref name="latest"/>.</summary>
    public int Room(DateTimeOffset now, DateTimeOffset latest)
    {
        lock (_gate)
        {
            var earliest = now - TimeSpan.FromSeconds(1) + _step;
            var slot = _next > earliest ? _next : earliest;
            return slot > latest ? 0 : (int)((latest - slot) / _step) + 1;
        }
    }

    /// <summary>A moment of its own for a call that is put off; in the order in which they ask.</summary>
    public DateTimeOffset ReserveWhenever(DateTimeOffset now) => Reserve(now, DateTimeOffset.MaxValue)!.Value;
}
