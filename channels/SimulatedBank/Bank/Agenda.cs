namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// What is to be done when, in steps of ten milliseconds: all that falls into one step shares one entry and one waking,
/// in the order in which it was planned. Not thread-safe.
/// </summary>
internal sealed class Agenda<T>
{
    public const int StepMs = 10;

    private readonly Dictionary<long, List<T>> _steps = [];
    private readonly PriorityQueue<long, long> _order = new();
    private readonly Stack<List<T>> _spare = [];

    /// <summary>The earliest moment at which there is something to do.</summary>
    public long? NextMs => _order.TryPeek(out var step, out _) ? step * StepMs : null;

    /// <summary>Plans for the moment, or up to a step later.</summary>
    public void Add(long momentMs, T what)
    {
        var step = (momentMs + StepMs - 1) / StepMs;
        if (!_steps.TryGetValue(step, out var planned))
        {
            planned = _spare.TryPop(out var spare) ? spare : [];
            _steps.Add(step, planned);
            _order.Enqueue(step, step);
        }

        planned.Add(what);
    }

    /// <summary>Takes the next step out of the agenda, if it is due; give it back with <see cref="Done"/>.</summary>
    public List<T>? TakeDue(long nowMs)
    {
        if (NextMs is not { } next || next > nowMs)
        {
            return null;
        }

        _steps.Remove(_order.Dequeue(), out var planned);
        return planned;
    }

    public void Done(List<T> planned)
    {
        planned.Clear();
        _spare.Push(planned);
    }
}
