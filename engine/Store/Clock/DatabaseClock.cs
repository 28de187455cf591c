using Npgsql;

namespace PaymentEngine.Store.Clock;

/// <summary>
/// The time of the database, which all nodes share: leases, timers and deadlines of one node mean the same on every
/// other, even where a machine's clock is hours off or jumps. Of the machine only the passing of time is taken.
/// </summary>
public sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    /// <summary>By how much two clocks drift apart at most; no kernel steers its clock faster.</summary>
    private const double Drift = 0.0005;

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
        Learn(asked, row.GetMoment(0), local.GetTimestamp());
    }

    /// <summary>
    /// The database read its clock somewhere between the two moments, so a reading is as exact as it was quick: one that
    /// took long, as under load, is worse than an older one that did not. Where both cannot be true the database's clock
    /// was set, or it is another one after a fail-over.
    /// </summary>
    internal void Learn(long asked, DateTimeOffset theirs, long answered)
    {
        var took = local.GetElapsedTime(asked, answered);
        var reading = new Anchor(theirs + took / 2, answered, took);
        if (_anchor is not { } known)
        {
            _anchor = reading;
            return;
        }

        var age = local.GetElapsedTime(known.Timestamp, answered);
        var doubt = known.Doubt + age * Drift;
        if (took <= doubt || (known.Utc + age - reading.Utc).Duration() > (took + doubt) / 2)
        {
            _anchor = reading;
        }
    }

    /// <param name="Utc">What it was at the moment of the timestamp.</param>
    /// <param name="Doubt">It may be half of it more or less.</param>
    private sealed record Anchor(DateTimeOffset Utc, long Timestamp, TimeSpan Doubt);
}
