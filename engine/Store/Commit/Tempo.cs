using System.Diagnostics;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The pace of something that costs the same however much it carries, such as a transaction. What comes to a quiet place
/// is not kept waiting; what comes close behind it shares the next turn.
/// </summary>
/// <param name="pace">The least time from the beginning of one turn to the next, unless a full one is waiting.</param>
internal sealed class Tempo(TimeSpan pace)
{
    private long _lastTurn;

    /// <summary>Returns when the next turn may begin.</summary>
    public async ValueTask NextAsync(bool fullIsWaiting)
    {
        var early = pace - Stopwatch.GetElapsedTime(_lastTurn);
        if (early > TimeSpan.Zero && !fullIsWaiting)
        {
            await ShortWait.For(early);
        }

        _lastTurn = Stopwatch.GetTimestamp();
    }
}
