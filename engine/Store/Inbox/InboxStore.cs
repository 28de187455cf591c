using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Inbox;

/// <summary>Callbacks that are stored: claimed by any node, loaded, and ended one way or another.</summary>
public sealed class InboxStore(NpgsqlDataSource database)
{
    /// <summary>The oldest first. Until the lease ends nobody else gets them.</summary>
    public async Task<IReadOnlyList<OrderId>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Inbox/callback.claim"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease, NpgsqlDbType = NpgsqlDbType.Interval });
        var claimed = new List<OrderId>();
        Failpoints.Pass(Failpoint.BeforeCallbackClaim);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            claimed.Add(new OrderId(rows.GetInt64(0)));
        }

        if (claimed.Count > 0)
        {
            Failpoints.Pass(Failpoint.AfterCallbackClaim);
        }

        return claimed;
    }

    /// <summary>Those that are still to be handled; the others are not mentioned.</summary>
    public async Task<IReadOnlyList<WaitingCallback>> LoadAsync(IEnumerable<OrderId> callbacks)
    {
        var waiting = new List<WaitingCallback>();
        await using var connection = await database.OpenConnectionAsync();
        foreach (var ofDay in callbacks.Distinct().GroupBy(id => id.Day))
        {
            await using var command = new NpgsqlCommand(Sql.Get("Inbox/callback.load", ofDay.Key), connection);
            command.Parameters.Add(Ids(ofDay));
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                waiting.Add(new WaitingCallback(
                    new OrderId(row.GetInt64(0)),
                    row.GetInt32(1),
                    row.GetString(2),
                    row.GetFieldValue<byte[]>(3),
                    row.GetString(4),
                    row.GetTimeSpan(5)));
            }
        }

        return waiting;
    }

    /// <summary>What they said changed nothing; what changes something is marked by the commit that changes it.</summary>
    public async Task MarkHandledAsync(IReadOnlyCollection<HandledCallback> callbacks)
    {
        if (callbacks.Count == 0)
        {
            return;
        }

        var handled = CallbackRows.Handled();
        foreach (var callback in callbacks)
        {
            handled.Add(callback);
        }

        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        handled.AddTo(batch);
        Failpoints.Pass(Failpoint.BeforeCallbackHandled);
        await batch.ExecuteNonQueryAsync();
        Failpoints.Pass(Failpoint.AfterCallbackHandled);
    }

    /// <summary>Nobody knows their orders; a person looks.</summary>
    public async Task NoteUnmatchedAsync(IReadOnlyCollection<OrderId> callbacks, string note)
    {
        foreach (var ofDay in callbacks.GroupBy(id => id.Day))
        {
            await using var command = database.CreateCommand(Sql.Get("Inbox/callback.unmatched", ofDay.Key));
            command.Parameters.Add(Ids(ofDay));
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note });
            Failpoints.Pass(Failpoint.BeforeCallbackUnmatched);
            await command.ExecuteNonQueryAsync();
            Failpoints.Pass(Failpoint.AfterCallbackUnmatched);
        }
    }

    /// <summary>They spoke of orders of another channel: noted, and opened as differences of those orders.</summary>
    public async Task DisownAsync(IReadOnlyCollection<DisownedCallback> callbacks, DateTimeOffset now)
    {
        if (callbacks.Count == 0)
        {
            return;
        }

        var disowned = CallbackRows.Disowned();
        foreach (var callback in callbacks)
        {
            disowned.Add(callback);
        }

        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        disowned.AddTo(
            batch,
            () => new NpgsqlParameter<string> { TypedValue = DifferenceKinds.WrongChannel },
            () => new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        Failpoints.Pass(Failpoint.BeforeCallbackDisowned);
        await batch.ExecuteNonQueryAsync();
        Failpoints.Pass(Failpoint.AfterCallbackDisowned);
    }

    private static NpgsqlParameter<long[]> Ids(IEnumerable<OrderId> ids) => new()
    {
        TypedValue = [.. ids.Select(id => id.Value)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
    };
}
