using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PaymentEngine.Store.Closing;

/// <summary>
/// The digest of a closed day: SHA-256 over the digest of the closed day before, the day, and every entry of it as the
/// database copies it out. Who changes one entry of one day changes the digest of it and of every day after it.
/// </summary>
internal static class DayDigest
{
    public static async Task<byte[]?> PreviousAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Closing/closing.previous"), connection);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    public static async Task<byte[]> OfAsync(NpgsqlConnection connection, DateOnly day, byte[]? previous, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous ?? []);
        hash.AppendData(Encoding.UTF8.GetBytes($"{day:yyyy-MM-dd}"));
        await using var content = await connection.BeginRawBinaryCopyAsync(Sql.Get("Closing/closing.content", day), cancellation);
        var part = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(part, cancellation)) > 0;)
        {
            hash.AppendData(part, 0, read);
        }

        return hash.GetHashAndReset();
    }
}
