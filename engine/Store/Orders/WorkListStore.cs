using Npgsql;

namespace PaymentEngine.Store.Orders;

/// <summary>How much waits for people.</summary>
public sealed class WorkListStore(NpgsqlDataSource database)
{
    public async Task<OpenWork> CountAsync(CancellationToken cancellation)
    {
        var items = new Dictionary<string, long>();
        var differences = new Dictionary<string, long>();
        var overdue = new Dictionary<string, long>();
        await using var command = database.CreateCommand(Sql.Get("Orders/work_lists.count_open"));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var open = rows.GetString(0) switch
            {
                "work_item" => items,
                "difference" => differences,
                _ => overdue,
            };
            open.Add(rows.GetString(1), rows.GetInt64(2));
        }

        return new OpenWork(items, differences, overdue);
    }
}

/// <param name="Items">Orders that the engine cannot move by itself, by kind.</param>
/// <param name="Differences">Contradictions that nobody has settled, by kind.</param>
/// <param name="Overdue">Orders that their channel application should have sent or asked about, by application: nobody runs it.</param>
public sealed record OpenWork(
    IReadOnlyDictionary<string, long> Items, IReadOnlyDictionary<string, long> Differences, IReadOnlyDictionary<string, long> Overdue);
