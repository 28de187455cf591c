using Npgsql;

namespace PaymentEngine.Store.Clock;

/// <summary>
/// The time of the database, which all nodes share: leases, timers and deadlines of one node mean the same on every
/// other, even where a machine's clock is hours off or jumps. Of the machine only the passing of time is taken.
/// </summary>
public sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    /// <summary>A reading is as exact as it was quick. For this long a quicker one is better than a newer one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>A database whose clock was set, or another one after a fail-over, is followed at once.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private volatile Anchor? _anchor;

    public override TimeZoneInfo LocalTimeZone => local.LocalTimeZone;

    public override long TimestampFrequency => local.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        _anchor is { } anchor
            ? anchor.Utc + local.GetElapsedTime(anchor.Timestamp)
            : throw new InvalidOperationException("the database has not been asked for the time yet");

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    public async Task SynchroniseAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select clock_timestamp()");
        var asked = local.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var utc = row.GetMoment(0);
        var answered = local.GetTimestamp();
        var took = local.GetElapsedTime(asked, answered);

        // The database answered somewhere in between.
        var reading = new Anchor(utc + took / 2, answered, took);
        if (_anchor is not { } known
            || took <= known.Took
            || local.GetElapsedTime(known.Timestamp, answered) > Fresh
            || (GetUtcNow() - reading.Utc).Duration() > took + Jump)
        {
            _anchor = reading;
        }
    }

    private sealed record Anchor(DateTimeOffset Utc, long Timestamp, TimeSpan Took);
}
