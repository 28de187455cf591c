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

    public ChannelConnection Terms { get; } = terms;

    /// <summary>A place for an order; null when there is none before <paramref name="latest"/>.</summary>
    public ValueTask<Place?> ForOrderAsync(DateTimeOffset latest) => EnterAsync(_orders, latest);

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
}

/// <summary>One call on the line; given back when the call is over.</summary>
public sealed class Place(SemaphoreSlim places) : IDisposable
{
    public void Dispose() => places.Release();
}
