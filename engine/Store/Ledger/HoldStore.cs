using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Ledger;

/// <summary>What is asked about holds before a posting touches them.</summary>
public sealed class HoldStore(NpgsqlDataSource database)
{
    /// <summary>On which accounts they are, which never changes.</summary>
    public async Task<Dictionary<OrderId, (string Account, Currency Currency)>> AccountsAsync(IEnumerable<OrderId> holds, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/hold.accounts"));
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. holds.Select(hold => hold.Value)] });
        var accounts = new Dictionary<OrderId, (string, Currency)>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            accounts.Add(new OrderId(rows.GetInt64(0)), (rows.GetString(1), Currency.Parse(rows.GetString(2))));
        }

        return accounts;
    }

    /// <summary>Those whose time is over and of which something is left.</summary>
    public async Task<List<OrderId>> ExpiredAsync(int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/hold.expired"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var expired = new List<OrderId>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            expired.Add(new OrderId(rows.GetInt64(0)));
        }

        return expired;
    }
}
