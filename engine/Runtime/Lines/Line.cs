using PaymentEngine.Core.Channels;

namespace PaymentEngine.Runtime.Lines;

/// <summary>
/// The way to one institution as this node may use it: so many calls at once, so many a second, and a share of its own
/// for questions, because query interfaces are fragile (C7).
/// </summary>
public sealed class Line(ChannelConnection terms, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _places = new(terms.MaximumParallel);
    private readonly Pace _orders = new(terms.RequestsPerSecond);
    private readonly Pace _questions = new(terms.QueriesPerSecond);
    private readonly Pace _putOff = new(terms.QueriesPerSecond);
    private readonly Pace _ordersPutOff = new(terms.RequestsPerSecond);
    private int _queue;
    private int _questionsTakenUp;

    public ChannelConnection Terms { get; } = terms;

    /// <summary>Orders that wait here for a place.</summary>
    public int Waiting => Volatile.Read(ref _queue);

    /// <summary>A place for an order; null when there is none before <paramref name="latest"/>.</summary>
    public async ValueTask<Place?> ForOrderAsync(DateTimeOffset latest)
    {
        Interlocked.Increment(ref _queue);
        try
        {
            return await EnterAsync(_orders, latest);
        }
        finally
        {
            Interlocked.Decrement(ref _queue);
        }
    }

    /// <summary>
    /// Room for an order that is about to be claimed, held until its call has begun to wait for a place; null when more
    /// wait already than the line takes up in about the time of a call.
    /// </summary>
    public IDisposable? TryQueue()
    {
        if (Interlocked.Increment(ref _queue) <= Math.Min(Terms.MaximumParallel, Terms.RequestsPerSecond))
        {
            return new Room(this);
        }

        Interlocked.Decrement(ref _queue);
        return null;
    }

    /// <summary>When an order that found no room is tried again: not sooner than that, and of thousands each at a moment of its own.</summary>
    public DateTimeOffset PutOffOrder(TimeSpan atLeast) => _ordersPutOff.ReserveWhenever(clock.GetUtcNow() + atLeast);

    /// <summary>
    /// How many questions may be taken up to be asked within a time. They never stand in more than a quarter of the
    /// places, and never are more than <paramref name="most"/> under way: a node that is slow asks slowly.
    /// </summary>
    public int RoomForQuestions(TimeSpan within, int most)
    {
        var now = clock.GetUtcNow();
        var places = Math.Clamp(Terms.MaximumParallel / 4, 1, most) - Volatile.Read(ref _questionsTakenUp);
        return places <= 0 ? 0 : Math.Min(places, _questions.Room(now, now + within));
    }

    /// <summary>Counts a question until what it returns is disposed.</summary>
    public IDisposable TakeUpQuestion()
    {
        Interlocked.Increment(ref _questionsTakenUp);
        return new Question(this);
    }

    /// <summary>A place for a question; null when there is none soon.</summary>
    public ValueTask<Place?> ForQuestionAsync(TimeSpan patience) => EnterAsync(_questions, clock.GetUtcNow() + patience);

    /// <summary>When a question that found no place is asked instead: not sooner than that, and of thousands each at a moment of its own.</summary>
    public DateTimeOffset PutOff(TimeSpan atLeast) => _putOff.ReserveWhenever(clock.GetUtcNow() + atLeast);

    public void Dispose() => _places.Dispose();

    private async ValueTask<Place?> EnterAsync(Pace pace, DateTimeOffset latest)
    {
        var now = clock.GetUtcNow();
        if (pace.Reserve(now, latest) is not { } begins)
        {
            return null;
        }

        if (begins > now)
        {
            await Task.Delay(begins - now, clock);
        }

        if (_places.Wait(0))
        {
            return new Place(_places);
        }

        var left = latest - clock.GetUtcNow();
        using var patience = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        try
        {
            await _places.WaitAsync(patience.Token);
            return new Place(_places);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private sealed class Question(Line line) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref line._questionsTakenUp);
    }

    private sealed class Room(Line line) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref line._queue);
    }
}

/// <summary>One call on the line; given back when the call is over.</summary>
public sealed class Place(SemaphoreSlim places) : IDisposable
{
    public void Dispose() => places.Release();
}
