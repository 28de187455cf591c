using Npgsql;
using PaymentEngine.Routing.Conditions;

namespace PaymentEngine.Store.Conditions;

/// <param name="Institution">Empty for the channel as a whole.</param>
public readonly record struct CountedHealth(string Channel, string Institution, HealthSteps Steps);

/// <param name="Institution">Empty for the channel as a whole.</param>
public readonly record struct KnownHealth(string Channel, string Institution, int Value);

/// <summary>Where nodes add up how channels fare (C6).</summary>
public sealed class HealthStore(NpgsqlDataSource database)
{
    /// <summary>Tells what this node counted; returns what all nodes together know.</summary>
    public async Task<IReadOnlyList<KnownHealth>> ExchangeAsync(IReadOnlyCollection<CountedHealth> counted, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Conditions/channel_health.exchange"));
        command.Parameters.Add(new NpgsqlParameter { Value = counted.Select(row => row.Channel).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = counted.Select(row => row.Institution).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = counted.Select(row => row.Steps.Sum).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = counted.Select(row => row.Steps.Floor).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = counted.Select(row => row.Steps.Ceiling).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var known = new List<KnownHealth>();
        while (await rows.ReadAsync(cancellation))
        {
            known.Add(new KnownHealth(rows.GetString(0), rows.GetString(1), rows.GetInt32(2)));
        }

        return known;
    }

    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Conditions/channel_health.forget"));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
