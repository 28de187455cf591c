using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PaymentEngine.Store.Seeds;

/// <summary>Puts a demonstration set-up into a database; what is there already stays as it is.</summary>
public sealed class DemoSeed(NpgsqlDataSource database)
{
    public const string MerchantNumber = "M1001";

    public async Task PlantAsync(string apiKey, CancellationToken cancellation)
    {
        foreach (var statement in (string[])["merchant", "channels", "accounts", "notify_origins"])
        {
            await using var command = database.CreateCommand(Sql.Get($"Seeds/demo.{statement}"));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await using var key = database.CreateCommand(Sql.Get("Seeds/demo.key"));
        key.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)) });
        await key.ExecuteNonQueryAsync(cancellation);
    }
}
