using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Requests;

/// <summary>What was asked before: first answers by idempotency key, trades by merchant order number.</summary>
public sealed class RequestStore(NpgsqlDataSource database)
{
    public async Task<FirstRequest?> FindAsync(int merchantId, string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Requests/merchant_request.answer"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = merchantId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return null;
        }

        var answer = row.IsDBNull(4)
            ? null
            : new Answer(row.GetInt16(2), row.GetString(3), row.GetFieldValue<byte[]>(4));
        return new FirstRequest(row.GetFieldValue<byte[]>(0), new OrderId(row.GetInt64(1)), answer);
    }

    public async Task<OrderId?> FindTradeAsync(int merchantId, string merchantOrderNo, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Requests/merchant_request.trade_of"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = merchantId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = merchantOrderNo });
        return await command.ExecuteScalarAsync(cancellation) is long id ? new OrderId(id) : null;
    }
}

/// <param name="Answer">Null when the body has been erased after its time; the key stays taken.</param>
public sealed record FirstRequest(byte[] BodyHash, OrderId Trade, Answer? Answer);
