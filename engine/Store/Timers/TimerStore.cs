using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Timers;

/// <summary>Due timers, claimed in batches by any node for the time of a lease.</summary>
public sealed class TimerStore(NpgsqlDataSource database)
{
    private static readonly TimerKind[] EveryKind = Enum.GetValues<TimerKind>();

    public Task<IReadOnlyList<DueTimer>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellation) =>
        ClaimAsync(EveryKind, most, lease, cancellation);

    /// <summary>The longest due first. Until the lease ends nobody else gets them.</summary>
    public async Task<IReadOnlyList<DueTimer>> ClaimAsync(
        IReadOnlyList<TimerKind> kinds, int most, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.claim"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. kinds.Select(kind => kind.StoredName())] });
        var timers = new List<DueTimer>();
        Failpoints.Pass(Failpoint.BeforeTimerClaim);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            timers.Add(new DueTimer(
                new OrderId(rows.GetInt64(0)),
                new OrderId(rows.GetInt64(1)),
                Enum.Parse<TimerKind>(rows.GetString(2)),
                rows.GetInt64(3),
                rows.GetMoment(4)));
        }

        if (timers.Count > 0)
        {
            Failpoints.Pass(Failpoint.AfterTimerClaim);
        }

        return timers;
    }

    /// <summary>Gives the lease back; the timer is due again at the moment given.</summary>
    public async Task PutOffAsync(DueTimer timer, DateTimeOffset dueAt, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.put_off"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = timer.Order.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = timer.Kind.StoredName() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = timer.Token });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = dueAt.UtcDateTime });
        Failpoints.Pass(Failpoint.BeforeTimerPutOff);
        await command.ExecuteNonQueryAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterTimerPutOff);
    }

    /// <summary>Timers that stand fall due at an earlier moment.</summary>
    public async Task HastenAsync(IReadOnlyList<TimerChange> sooner, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.hasten"));
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. sooner.Select(t => t.Order.Value)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. sooner.Select(t => t.Kind.StoredName())] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. sooner.Select(t => t.DueAt!.Value.UtcDateTime)] });
        Failpoints.Pass(Failpoint.BeforeTimerHastened);
        await command.ExecuteNonQueryAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterTimerHastened);
    }

    /// <summary>Takes away timers that turned out to be stale: their orders have moved on without them.</summary>
    public async Task DiscardAsync(IReadOnlyList<DueTimer> stale, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.done"));
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. stale.Select(t => t.Order.Value)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. stale.Select(t => t.Kind.StoredName())] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. stale.Select(t => t.Token)] });
        Failpoints.Pass(Failpoint.BeforeTimerDiscarded);
        await command.ExecuteNonQueryAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterTimerDiscarded);
    }
}
