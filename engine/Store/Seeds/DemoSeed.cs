using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PaymentEngine.Store.Seeds;

/// <summary>Puts a demonstration set-up into a database; what is there already stays as it is.</summary>
public sealed class DemoSeed(NpgsqlDataSource database)
{
    public async Task PlantAsync(string apiKey, CancellationToken cancellation)
    {
        foreach (var statement in (string[])["merchant", "channels", "query_plans", "result_codes", "result_messages", "accounts"])
        {
            await using var command = database.CreateCommand(Sql.Get($"Seeds/demo.{statement}"));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await PlantKeyAsync("key", apiKey, cancellation);
    }

    /// <summary>A key of the operations' interface.</summary>
    public Task PlantOpsKeyAsync(string opsKey, CancellationToken cancellation) => PlantKeyAsync("ops_key", opsKey, cancellation);

    private async Task PlantKeyAsync(string statement, string plain, CancellationToken cancellation)
    {
        await using var key = database.CreateCommand(Sql.Get($"Seeds/demo.{statement}"));
        key.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(plain)) });
        await key.ExecuteNonQueryAsync(cancellation);
    }
}
