using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Store.Seeds;

/// <summary>
/// Puts a demonstration set-up into a database; what is there already stays as it is, but for where the simulated
/// institution answers.
/// </summary>
public sealed class DemoSeed(NpgsqlDataSource database, SecretBox secrets)
{
    public const string MerchantNumber = "M1001";

    /// <summary>What the demonstration and its simulated institution sign with; a secret only by its form.</summary>
    public const string InstitutionSecret = "simulated-institution";

    private const string ConnectionName = "simulator";

    /// <param name="institution">Null: inside the engine's own process.</param>
    public async Task PlantAsync(string apiKey, Uri? institution, CancellationToken cancellation)
    {
        await RunAsync("merchant", cancellation);
        await PlantConnectionAsync(institution, cancellation);
        foreach (var statement in (string[])["channels", "query_plans", "result_codes", "result_messages", "accounts", "notify_origins"])
        {
            await RunAsync(statement, cancellation);
        }

        await PlantKeyAsync("key", apiKey, cancellation);
    }

    /// <summary>How its business events look in the general ledger, on the word of its two operators.</summary>
    public Task PlantTemplatesAsync(CancellationToken cancellation) => RunAsync("voucher_templates", cancellation);

    /// <summary>The further channels that <see cref="DemoRouting"/> is about.</summary>
    public async Task PlantRoutedChannelsAsync(CancellationToken cancellation)
    {
        foreach (var statement in (string[])["routed_channels", "routed_query_plans", "routed_result_codes", "routed_accounts"])
        {
            await RunAsync(statement, cancellation);
        }
    }

    /// <summary>Puts <see cref="DemoRouting"/> into force, unless operations have a setup already.</summary>
    public async Task PlantRoutingAsync(CancellationToken cancellation)
    {
        await PlantRoutedChannelsAsync(cancellation);
        var items = DemoRouting.Scripts.Select(script => ("script", script.Key, script.Value)).Append(("setup", "", DemoRouting.Setup)).ToList();
        await using var routing = database.CreateCommand(Sql.Get("Seeds/demo.routing"));
        routing.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. items.Select(item => item.Item1)] });
        routing.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. items.Select(item => item.Item2)] });
        routing.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. items.Select(item => item.Item3)] });
        await routing.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A key of the operations' interface.</summary>
    public Task PlantOpsKeyAsync(string opsKey, string actor, CancellationToken cancellation) =>
        PlantKeyAsync("ops_key", opsKey, cancellation, new NpgsqlParameter<string> { TypedValue = actor });

    private async Task PlantConnectionAsync(Uri? institution, CancellationToken cancellation)
    {
        await using var connection = database.CreateCommand(Sql.Get("Seeds/demo.connection"));
        connection.Parameters.Add(new NpgsqlParameter { Value = (object?)institution?.AbsoluteUri ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        connection.Parameters.Add(new NpgsqlParameter<byte[]>
        {
            TypedValue = secrets.Seal(Encoding.UTF8.GetBytes(InstitutionSecret), SecretKeeper.OfConnection(ConnectionName)),
        });
        await connection.ExecuteNonQueryAsync(cancellation);
    }

    private async Task PlantKeyAsync(string statement, string plain, CancellationToken cancellation, params NpgsqlParameter[] more)
    {
        await using var key = database.CreateCommand(Sql.Get($"Seeds/demo.{statement}"));
        key.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(plain)) });
        key.Parameters.AddRange(more);
        await key.ExecuteNonQueryAsync(cancellation);
    }

    private async Task RunAsync(string statement, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get($"Seeds/demo.{statement}"));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
