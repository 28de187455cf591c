using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Timers;

/// <summary>Due timers, claimed in batches by any node for the time of a lease.</summary>
public sealed class TimerStore(NpgsqlDataSource database)
{
    private static readonly TimerKind[] EveryKind = Enum.GetValues<TimerKind>();

    /// <summary>Of the engine's own lane.</summary>
    public Task<IReadOnlyList<DueTimer>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellation) =>
        ClaimAsync(ApplicationSet.Engine, EveryKind, most, lease, cancellation);

    /// <summary>The longest due of a lane first. Until the lease ends nobody else gets them.</summary>
    public async Task<IReadOnlyList<DueTimer>> ClaimAsync(
        string lane, IReadOnlyList<TimerKind> kinds, int most, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.claim"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. kinds.Select(kind => kind.StoredName())] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane });
        var timers = new List<DueTimer>();
        Failpoints.Pass(Failpoint.BeforeTimerClaim);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            timers.Add(Read(rows));
        }

        if (timers.Count > 0)
        {
            Failpoints.Pass(Failpoint.AfterTimerClaim);
        }

        return timers;
    }

    /// <summary>The longest due of lanes that share lines.</summary>
    /// <param name="shares">Each lane, the line that it shares, and how many the line takes.</param>
    public async Task<IReadOnlyList<(DueTimer Timer, string Lane)>> ClaimSharedAsync(
        IReadOnlyCollection<(string Lane, int Line, int Most)> shares, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.claim_shared"));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. shares.Select(share => share.Lane)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. shares.Select(share => share.Line)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. shares.Select(share => share.Most)] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        var timers = new List<(DueTimer, string)>();
        Failpoints.Pass(Failpoint.BeforeTimerClaim);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            timers.Add((Read(rows), rows.GetString(5)));
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

    /// <summary>Gives the lease back for the processes of another lane.</summary>
    public async Task PassOnAsync(DueTimer timer, string lane, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.pass_on"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = timer.Order.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = timer.Kind.StoredName() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = timer.Token });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane });
        await command.ExecuteNonQueryAsync(cancellation);
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

    /// <summary>Has an institution asked about its order now; when the order is final meanwhile, the timer turns out to be stale.</summary>
    public async Task AskAsync(OrderId trade, OrderId order, string lane, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Timers/timer.ask"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = trade.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane });
        await command.ExecuteNonQueryAsync(cancellation);
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

    private static DueTimer Read(NpgsqlDataReader row) => new(
        new OrderId(row.GetInt64(0)),
        new OrderId(row.GetInt64(1)),
        Enum.Parse<TimerKind>(row.GetString(2)),
        row.GetInt64(3),
        row.GetMoment(4));
}
