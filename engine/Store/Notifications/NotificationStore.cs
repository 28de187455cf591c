using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Notifications;

/// <summary>What is still to be told, and what became of telling it; many at once.</summary>
/// <param name="database">Becomes the store's own and ends with it.</param>
public sealed class NotificationStore(NpgsqlDataSource database) : IAsyncDisposable
{
    /// <summary>Those of these that wait, with everything that delivering them needs.</summary>
    public async Task<IReadOnlyList<Delivery>> LoadAsync(IReadOnlyCollection<OrderId> notifications, CancellationToken cancellation)
    {
        var waiting = new List<Delivery>(notifications.Count);
        foreach (var ofDay in notifications.GroupBy(id => id.Day))
        {
            await using var command = database.CreateCommand(Sql.Get("Notifications/notification.load", ofDay.Key));
            command.Parameters.Add(Ids(ofDay));
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                waiting.Add(NotificationRows.Read(row));
            }
        }

        return waiting;
    }

    /// <summary>Writes what deliveries came to, and moves or takes away the timers that would repeat them.</summary>
    public async Task WriteAsync(IReadOnlyList<DeliveryResult> results, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));

        // What a crash takes back is delivered once more, under the same id; nothing has to wait for the disk.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local synchronous_commit = off"));
        foreach (var ofDay in results.GroupBy(result => result.Notification.Day))
        {
            Add(batch, ofDay.Key, DeliveryVerdict.Delivered, ofDay, "delivered");
            Add(batch, ofDay.Key, DeliveryVerdict.Failed, ofDay, "failed");
            Add(batch, ofDay.Key, DeliveryVerdict.Failed, ofDay, "retry");
            Add(batch, ofDay.Key, DeliveryVerdict.Exhausted, ofDay, "exhausted");
        }

        var settled = new NpgsqlBatchCommand(Sql.Get("Notifications/notification.settled"));
        settled.Parameters.Add(Ids(results.Where(r => r.Verdict != DeliveryVerdict.Failed).Select(r => r.Notification)));
        batch.BatchCommands.Add(settled);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        Failpoints.Pass(Failpoint.BeforeNotificationResult);
        await batch.ExecuteNonQueryAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterNotificationResult);
    }

    /// <summary>
    /// Has these told again from the beginning of their schedule, whatever became of them before; returns how many there were.
    /// </summary>
    public async Task<int> SendAgainAsync(IReadOnlyCollection<OrderId> notifications, DateTimeOffset now, CancellationToken cancellation)
    {
        var again = 0;
        foreach (var ofDay in notifications.GroupBy(id => id.Day))
        {
            await using var command = database.CreateCommand(Sql.Get("Notifications/notification.again", ofDay.Key));
            command.Parameters.Add(Ids(ofDay));
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            again += await command.ExecuteNonQueryAsync(cancellation);
        }

        return again;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    internal static async Task<IReadOnlyList<JourneyNotification>> OfFamilyAsync(
        NpgsqlConnection connection, TradeFamily family, CancellationToken cancellation)
    {
        if (family.Trade.NotifyUrl is null && !family.Payments.Exists(payment => payment.Terms?.NotifyUrl is not null))
        {
            return [];
        }

        await using var command = new NpgsqlCommand(Sql.Get("Notifications/notification.of_orders", family.Trade.Id.Day), connection);
        command.Parameters.Add(Ids(family.Payments.Select(payment => payment.Id).Append(family.Trade.Id)));
        var told = new List<JourneyNotification>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            told.Add(new JourneyNotification(
                new OrderId(row.GetInt64(0)),
                Enum.Parse<NotificationKind>(row.GetString(1)),
                Enum.Parse<NotificationState>(row.GetString(2)),
                row.GetInt16(3),
                row.IsDBNull(4) ? null : row.GetInt16(4),
                row.GetNullableString(5),
                row.GetMoment(6),
                row.GetNullableMoment(7)));
        }

        return told;
    }

    /// <summary>Sorted, so that two nodes with results of the same notifications lock them in one order.</summary>
    private static void Add(NpgsqlBatch batch, DateOnly day, DeliveryVerdict verdict, IEnumerable<DeliveryResult> results, string statement)
    {
        var rows = NotificationRows.Results();
        foreach (var result in results.Where(result => result.Verdict == verdict).OrderBy(result => result.Notification))
        {
            rows.Add(result);
        }

        rows.AddTo(batch, Sql.Get($"Notifications/notification.{statement}", day));
    }

    private static NpgsqlParameter<long[]> Ids(IEnumerable<OrderId> ids) => new()
    {
        TypedValue = [.. ids.Select(id => id.Value).Order()],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
    };
}
