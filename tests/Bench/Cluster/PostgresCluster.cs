using Npgsql;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Cluster;

/// <summary>The private PostgreSQL that the script started, and PostgreSQL's programs.</summary>
internal sealed record PostgresCluster(string ConnectionString, string BinDirectory)
{
    public static PostgresCluster FromEnvironment() =>
        new(Required("ConnectionStrings__Engine"), Required("PG_BINDIR"));

    public string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>An empty database of this name; one that an earlier run left is dropped.</summary>
    public async Task<NpgsqlDataSource> CreateDatabaseAsync(string name, CancellationToken cancellation)
    {
        await DropDatabaseAsync(name, cancellation);
        await ExecuteAsync($"create database {name}", cancellation);
        return NpgsqlDataSource.Create(ConnectionStringOf(name));
    }

    /// <remarks>Not WITH (FORCE): an ordinary role may not end an autovacuum worker that way, while the plain statement does.</remarks>
    public Task DropDatabaseAsync(string name, CancellationToken cancellation) =>
        ExecuteAsync($"drop database if exists {name}", cancellation);

    /// <summary>The process whose children are all of this cluster's processes.</summary>
    public async Task<int> PostmasterIdAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("select pg_backend_pid()");
        return ProcessTimes.Of((int)(await command.ExecuteScalarAsync(cancellation))!).ParentId;
    }

    /// <summary>On the disk of the cluster.</summary>
    public async Task<string> ParentDirectoryAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("select current_setting('data_directory')");
        return Path.GetDirectoryName((string)(await command.ExecuteScalarAsync(cancellation))!)!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Required(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{variable} is not set; start the benchmark with ./bench, which sets it");
}
