using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Orders;

/// <summary>Finds orders by the numbers under which institutions know them.</summary>
public sealed class OrderLocator(NpgsqlDataSource database)
{
    /// <summary>
    /// The orders with these numbers, as far as they are visible. A number names its day, and nearly every trade is of
    /// the day of its numbers; only what is not there is looked for in all days before.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, LocatedOrder>> LocateAsync(IReadOnlyCollection<DatedNumber> numbers)
    {
        var found = new Dictionary<string, LocatedOrder>(numbers.Count);
        if (numbers.Count == 0)
        {
            return found;
        }

        await using var connection = await database.OpenConnectionAsync();
        foreach (var ofDay in numbers.GroupBy(number => number.Day, number => number.Number))
        {
            await using var command = new NpgsqlCommand(Sql.Get("Orders/institution_order.locate", ofDay.Key), connection);
            command.Parameters.Add(Numbers(ofDay));
            try
            {
                await ReadAsync(command, found);
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // No trade was ever opened on such a day.
            }
        }

        var missed = numbers.Where(number => !found.ContainsKey(number.Number)).ToList();
        if (missed.Count > 0)
        {
            await using var command = new NpgsqlCommand(Sql.Get("Orders/institution_order.locate_before"), connection);
            command.Parameters.Add(Numbers(missed.Select(number => number.Number)));
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = OrderId.FirstOf(missed.Max(number => number.Day)).Value });
            await ReadAsync(command, found);
        }

        return found;
    }

    private static async Task ReadAsync(NpgsqlCommand command, Dictionary<string, LocatedOrder> found)
    {
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            found[row.GetString(0)] = new LocatedOrder(new OrderId(row.GetInt64(1)), new OrderId(row.GetInt64(2)), row.GetInt32(3));
        }
    }

    private static NpgsqlParameter<string[]> Numbers(IEnumerable<string> numbers) => new()
    {
        TypedValue = [.. numbers.Distinct()],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };
}

/// <summary>An institution number and the day on which it was made.</summary>
public readonly record struct DatedNumber(string Number, DateOnly Day);

public readonly record struct LocatedOrder(OrderId Trade, OrderId Order, int ChannelId);
