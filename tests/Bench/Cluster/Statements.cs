using Npgsql;

namespace PaymentEngine.Bench.Cluster;

/// <summary>The statements in Sql/, by file name. Everything the benchmark knows about the engine's tables is there.</summary>
internal static class Statements
{
    public static string Named(string name)
    {
        using var stream = typeof(Statements).Assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"there is no statement {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static Task ExecuteAsync(
        this NpgsqlDataSource database, string statement, object[] parameters, CancellationToken cancellation) =>
        database.RowsAsync(statement, parameters, row => 0, cancellation);

    /// <summary>The only row that a statement gives.</summary>
    public static async Task<T> SingleAsync<T>(
        this NpgsqlDataSource database, string statement, object[] parameters, Func<NpgsqlDataReader, T> map, CancellationToken cancellation)
    {
        var rows = await database.RowsAsync(statement, parameters, map, cancellation);
        return rows.Single();
    }

    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        this NpgsqlDataSource database, string statement, object[] parameters, Func<NpgsqlDataReader, T> map, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Named(statement));
        command.CommandTimeout = 60;
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(map(reader));
        return rows;
    }
}
