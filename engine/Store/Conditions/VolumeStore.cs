using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Conditions;

/// <summary>What a channel carried on a day, through one start of one node.</summary>
/// <param name="Channel">Its code.</param>
public readonly record struct DayVolume(DateOnly Day, string Channel, Money Amount);

public readonly record struct ChannelVolume(string Channel, Money Amount);

/// <summary>What channels have carried (C10), added up over nodes by day.</summary>
public sealed class VolumeStore(NpgsqlDataSource database)
{
    /// <summary>Tells this node's sums, and returns those of all nodes since a day.</summary>
    public async Task<IReadOnlyList<ChannelVolume>> ExchangeAsync(
        int nodeId, IReadOnlyCollection<DayVolume> sums, DateOnly since, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        if (sums.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Conditions/channel_volume.tell"))
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = sums.Select(sum => sum.Day).ToArray() },
                    new NpgsqlParameter { Value = sums.Select(sum => sum.Channel).ToArray() },
                    new NpgsqlParameter { Value = sums.Select(sum => sum.Amount.Currency.Code).ToArray() },
                    new NpgsqlParameter { Value = sums.Select(sum => sum.Amount.Minor).ToArray() },
                    new NpgsqlParameter { Value = nodeId },
                },
            });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Conditions/channel_volume.since"))
        {
            Parameters = { new NpgsqlParameter { Value = since } },
        });
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var all = new List<ChannelVolume>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(new ChannelVolume(rows.GetString(0), new Money(rows.GetInt64(2), Currency.Parse(rows.GetString(1)))));
        }

        return all;
    }

    public async Task ForgetAsync(DateOnly before, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Conditions/channel_volume.forget"));
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
