using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Limits;

/// <summary>What is used of the limits, for people.</summary>
public sealed class LimitStore(NpgsqlDataSource database)
{
    /// <summary>The counters of a day and of its month. A counter is there since its first order; its limit is the one that order knew, or a later one.</summary>
    /// <param name="subject">As in <see cref="LimitCounter"/>: empty for the channel as a whole.</param>
    public async Task<IReadOnlyList<LimitUse>> ListAsync(int channel, string subject, DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Limits/limit.list"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = channel });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = subject });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day, NpgsqlDbType = NpgsqlDbType.Date });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var uses = new List<LimitUse>();
        while (await rows.ReadAsync(cancellation))
        {
            uses.Add(new LimitUse(
                new LimitCounter(rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateOnly>(4)),
                rows.GetInt64(5),
                rows.GetInt64(6),
                rows.GetNullableLong(7),
                rows.GetNullableLong(8)));
        }

        return uses;
    }
}
