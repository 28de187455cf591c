using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Directory;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>A database of its own, dropped at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string DemoKey = "sk_test_demo";

    /// <summary>
    /// The morning on which every test begins. It is far ahead of the database's own clock: a timer that was armed by
    /// the tests' clock never falls due by itself.
    /// </summary>
    public static readonly DateTimeOffset Morning = new(2040, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public static readonly BusinessCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    public static readonly LedgerCalendar LedgerDays = new(Calendar, TimeOnly.MinValue);

    /// <summary>The key of all tests.</summary>
    public static readonly SecretBox Secrets = new(new byte[SecretBox.KeyBytes]);

    private static readonly Lazy<Task<string>> Template = new(BuildTemplateAsync);

    private readonly bool _goesWithItsServer;

    private TestDatabase(string connectionString, bool goesWithItsServer = false)
    {
        _goesWithItsServer = goesWithItsServer;
        ConnectionString = connectionString;
        Sql = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    /// <summary>Connections for the tests' own statements, with none of the engine's settings.</summary>
    public NpgsqlDataSource Sql { get; }

    /// <summary>The business day of <see cref="Morning"/>.</summary>
    public static DateOnly Today => Calendar.DayOf(Morning);

    /// <summary>Migrated, with the demonstration merchant, on the morning of the tests' first day.</summary>
    public static async Task<TestDatabase> CreateAsync() => new(await PostgresServer.CreateAsync(await Template.Value));

    public static async Task<TestDatabase> CreateEmptyAsync() => new(await PostgresServer.CreateAsync());

    /// <summary>A database on a server of the test's own.</summary>
    public static TestDatabase On(string connectionString) => new(connectionString, goesWithItsServer: true);

    /// <summary>The directory as an engine reads it at its start.</summary>
    public async Task<EngineDirectory> DirectoryAsync() =>
        (await new DirectoryStore(Sql, Calendar, Secrets, new AdapterNames(["simulator"])).LoadAsync(null, CancellationToken.None)).Directory;

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; the default when there is none or it is null.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await Sql.DisposeAsync();
        if (_goesWithItsServer)
        {
            return;
        }

        await PostgresServer.DropAsync(ConnectionString);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Sql.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<string> BuildTemplateAsync()
    {
        var connectionString = await PostgresServer.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DayKeeper(database, Calendar, LedgerDays).KeepAsync(Morning, CancellationToken.None);
        await new DemoSeed(database, Secrets).PlantAsync(DemoKey, institution: null, CancellationToken.None);
        return PostgresServer.NameOf(connectionString);
    }
}
