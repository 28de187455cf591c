using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Notifications;

namespace PaymentEngine.Store.Orders;

/// <summary>Reads everything that happened to a family, for people; never for a decision.</summary>
public sealed class JourneyStore(NpgsqlDataSource database)
{
    public async Task<TradeJourney> LoadAsync(TradeFamily family, EngineDirectory directory, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return new TradeJourney(
            family,
            directory,
            await TransitionsAsync(connection, family, cancellation),
            await EntriesAsync(connection, family, cancellation),
            await TimersAsync(connection, family, cancellation),
            await NotificationStore.OfFamilyAsync(connection, family, cancellation));
    }

    private static async Task<List<JourneyTransition>> TransitionsAsync(NpgsqlConnection connection, TradeFamily family, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Orders/order_step.transitions"), connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = family.Trade.Id.Value });
        var transitions = new List<JourneyTransition>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            transitions.Add(new JourneyTransition(
                row.GetMoment(0),
                new Transition(
                    LevelNames.Parse(row.GetString(1)),
                    new OrderId(row.GetInt64(2)),
                    row.GetString(3),
                    row.GetString(4),
                    row.GetString(5),
                    row.GetNullableString(6)),
                row.GetString(7),
                row.GetString(8)));
        }

        return transitions;
    }

    private static async Task<List<JourneyEntry>> EntriesAsync(NpgsqlConnection connection, TradeFamily family, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Ledger/posting.of_orders"), connection);
        command.Parameters.Add(Ids(family.Payments.Cast<Order>().Concat(family.InstitutionOrders).Select(order => order.Id)));
        var entries = new List<JourneyEntry>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var currency = Currency.Parse(row.GetString(6));
            var order = new OrderId(row.GetInt64(1));
            entries.Add(new JourneyEntry(
                family.InstitutionOrders.Find(surplus => surplus.Id == order) is { } surplus ? family.PaymentOf(surplus).Id : order,
                Enum.Parse<PostingKind>(row.GetString(0)),
                row.GetString(8),
                row.GetString(9),
                new Money(row.GetInt64(3), currency),
                new Money(row.GetInt64(4), currency),
                new Money(row.GetInt64(5), currency),
                row.GetInt64(2),
                row.GetFieldValue<DateOnly>(7)));
        }

        return entries;
    }

    private static async Task<List<JourneyTimer>> TimersAsync(NpgsqlConnection connection, TradeFamily family, CancellationToken cancellation)
    {
        var levels = family.Payments.Cast<Order>().Concat(family.InstitutionOrders).Append(family.Trade)
            .ToDictionary(order => order.Id, order => order.Level);
        await using var command = new NpgsqlCommand(Sql.Get("Timers/timer.of_orders"), connection);
        command.Parameters.Add(Ids(levels.Keys));
        var timers = new List<JourneyTimer>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var order = new OrderId(row.GetInt64(0));
            timers.Add(new JourneyTimer(Enum.Parse<TimerKind>(row.GetString(1)), levels[order], order, row.GetMoment(2)));
        }

        return timers;
    }

    private static NpgsqlParameter<long[]> Ids(IEnumerable<OrderId> ids) => new()
    {
        TypedValue = [.. ids.Select(id => id.Value)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
    };
}
