using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Orders;

/// <summary>Reads how the channels of a trade's orders were chosen, for people; never for a decision.</summary>
public sealed class ExplanationStore(NpgsqlDataSource database)
{
    /// <summary>The choices that were made, the first first.</summary>
    public async Task<IReadOnlyList<StoredChoice>> OfTradeAsync(OrderId trade, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Orders/explanation.of_trade"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = trade.Value });
        var choices = new List<StoredChoice>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            choices.Add(new StoredChoice(
                new OrderId(row.GetInt64(0)), row.IsDBNull(1) ? null : new OrderId(row.GetInt64(1)), row.GetMoment(2), row.GetFieldValue<byte[]>(3)));
        }

        return choices;
    }
}

/// <param name="Order">The institution order that came of it; null when no channel was found.</param>
public sealed record StoredChoice(OrderId Instruction, OrderId? Order, DateTimeOffset At, byte[] Explanation);
