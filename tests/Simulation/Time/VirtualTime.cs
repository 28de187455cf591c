namespace PaymentEngine.Tests.Simulation.Time;

/// <summary>The time of a run: everything that will happen, in one queue. What is planned for one moment happens as planned.</summary>
internal sealed class VirtualTime(DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (long Ticks, long Turn)> _agenda = new();
    private long _turn;

    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset Now { get; private set; } = start;

    public DateTimeOffset? Next => _agenda.TryPeek(out _, out var at) ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : null;

    public void At(DateTimeOffset moment, Action what) =>
        _agenda.Enqueue(what, ((moment > Now ? moment : Now).UtcTicks, ++_turn));

    public void In(TimeSpan time, Action what) => At(Now + time, what);

    public void GoTo(DateTimeOffset moment) => Now = moment > Now ? moment : Now;

    /// <summary>Does what comes next.</summary>
    public void Step()
    {
        GoTo(Next!.Value);
        _agenda.Dequeue()();
    }
}
