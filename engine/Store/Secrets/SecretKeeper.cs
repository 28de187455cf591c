using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Store.Secrets;

/// <summary>Sees to it that no secret lies in the database as anybody could read it, and that none lies there under a key of the past.</summary>
public sealed class SecretKeeper(NpgsqlDataSource database, SecretBox secrets)
{
    /// <summary>What a merchant's notifications are signed with is sealed under this name.</summary>
    public static string OfMerchant(string number) => $"merchant/{number}";

    public static string OfConnection(string connection) => $"connection/{connection}";

    /// <summary>Seals what was put there plain, and makes a secret for each merchant who has none.</summary>
    public async Task SealAsync(CancellationToken cancellation)
    {
        foreach (var (id, number, plain) in await ReadAsync(
            Command("unsealed"), row => (row.GetInt32(0), row.GetString(1), row.GetNullableString(2)), cancellation))
        {
            var secret = plain is null ? WebhookSecret.Make() : WebhookSecret.Parse(plain);
            await using var update = Command("seal_merchant", id, secrets.Seal(Encoding.ASCII.GetBytes(secret.Reveal()), OfMerchant(number)));
            update.Parameters.Add(new NpgsqlParameter { Value = (object?)plain ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await update.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>
    /// Seals anew what was sealed under an older key. At a start only: nodes whose files differ would never end. What
    /// cannot be opened is left to the directory, which says so; when that is everything, the key is not ours.
    /// </summary>
    public async Task ResealAsync(CancellationToken cancellation)
    {
        CryptographicException? closed = null;
        var opened = (await ReadAsync(Command("sealed_as_now", secrets.Head), row => row.GetBoolean(0), cancellation)).Contains(true);
        foreach (var (table, id, name, old) in await ReadAsync(
            Command("outdated", secrets.Head),
            row => (row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<byte[]>(3)),
            cancellation))
        {
            try
            {
                var bound = $"{table}/{name}";
                await using var update = Command($"reseal_{table}", id, secrets.Seal(secrets.Open(old, bound), bound), old);
                await update.ExecuteNonQueryAsync(cancellation);
                opened = true;
            }
            catch (CryptographicException unreadable)
            {
                closed ??= unreadable;
            }
        }

        if (closed is not null && !opened)
        {
            throw closed;
        }
    }

    /// <summary>Null when there is no such merchant, or he has no secret yet.</summary>
    public async Task<WebhookSecret?> FindAsync(string merchantNumber, CancellationToken cancellation) =>
        (await ReadAsync(Command("of_merchant", merchantNumber), row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), cancellation))
            is [{ } sealedBytes] ? Open(secrets, sealedBytes, merchantNumber) : null;

    internal static WebhookSecret Open(SecretBox secrets, byte[] sealedBytes, string merchantNumber) =>
        WebhookSecret.Parse(Encoding.ASCII.GetString(secrets.Open(sealedBytes, OfMerchant(merchantNumber))));

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var reading = command;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(read(rows));
        }

        return all;
    }

    private NpgsqlCommand Command(string statement, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(Sql.Get($"Secrets/secret.{statement}"));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
