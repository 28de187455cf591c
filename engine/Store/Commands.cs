using Npgsql;
using NpgsqlTypes;

namespace PaymentEngine.Store;

/// <summary>Statements with their values; a null says of which type it is.</summary>
internal static class Commands
{
    public static NpgsqlCommand With(this NpgsqlCommand command, long value) => command.With(value, NpgsqlDbType.Bigint);

    public static NpgsqlCommand With(this NpgsqlCommand command, int value) => command.With(value, NpgsqlDbType.Integer);

    public static NpgsqlCommand With(this NpgsqlCommand command, bool value) => command.With(value, NpgsqlDbType.Boolean);

    public static NpgsqlCommand With(this NpgsqlCommand command, string? value) => command.With(value, NpgsqlDbType.Text);

    public static NpgsqlCommand With(this NpgsqlCommand command, DateOnly? value) => command.With(value, NpgsqlDbType.Date);

    public static NpgsqlCommand With(this NpgsqlCommand command, byte[]? value) => command.With(value, NpgsqlDbType.Bytea);

    public static NpgsqlCommand WithJson(this NpgsqlCommand command, string value) => command.With(value, NpgsqlDbType.Jsonb);

    public static NpgsqlCommand With(this NpgsqlCommand command, IReadOnlyCollection<string>? values) =>
        command.With(values?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlCommand With(this NpgsqlCommand command, IReadOnlyCollection<long>? values) =>
        command.With(values?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlCommand With(this NpgsqlCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>All rows; for answers whose length is limited.</summary>
    public static async Task<List<T>> ReadAsync<T>(this NpgsqlCommand statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = statement;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(read(row));
        }

        return all;
    }

    public static async Task<int> RunAsync(this NpgsqlCommand statement, CancellationToken cancellation)
    {
        await using var command = statement;
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
