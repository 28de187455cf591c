using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Store;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Startup;

[Trait("Rule", "M1")]
public sealed class MigratorTests
{
    [Fact]
    public async Task nodes_that_start_at_once_on_an_empty_database_migrate_it_once_M1()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => StartAsync(database, node)));

        Assert.Equal(4, nodes.Distinct().Count());
        Assert.Equal(
            Sql.FilesIn("Migrations").Select(file => Path.GetFileNameWithoutExtension(file)),
            await database.ReadAsync("select name from schema_migration order by number", row => row.GetString(0)));
        await Books.DemandCleanAsync(database);
    }

    [Fact]
    public async Task a_database_that_is_up_to_date_is_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = await MigratedAsync(database);
        Assert.NotEmpty(before);

        await StartAsync(database, node: 0);

        Assert.Equal(before, await MigratedAsync(database));
    }

    [Theory]
    [InlineData("update schema_migration set fingerprint = sha256('another') where number = 3")]
    [InlineData("alter table schema_migration drop column fingerprint")]
    public async Task a_database_on_which_a_migration_had_another_text_is_refused_and_left_alone(string history)
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = await MigratedAsync(database);
        await database.ExecuteAsync(history);

        var refusal = await Assert.ThrowsAsync<UnfitDatabaseException>(() => StartAsync(database, node: 0));

        Assert.Contains("has to be made anew", refusal.Message);
        Assert.Equal(before, await MigratedAsync(database));
    }

    [Fact]
    public async Task a_migration_that_does_not_get_its_lock_lets_traffic_through_and_tries_again_until_it_does()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var holder = await database.Sql.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("select count(*) from merchant", holder))
        {
            await read.ExecuteScalarAsync();
        }

        var migrating = MigrateAsync(database, Further("alter table merchant add column shop text;", Newest));
        await Eventually.BecomesTrueAsync(
            async () => await database.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and query like '%alter table merchant%' and wait_event_type = 'Lock')"),
            "the migration waits for its lock");

        // Behind the migration that waits, but not for as long as the holder holds.
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from merchant"));
        Assert.False(migrating.IsCompleted);

        await transaction.CommitAsync();
        await migrating;
        Assert.Equal(Newest, await database.ScalarAsync<int>("select compatible_with from schema_migration where number = $1", Newest + 1));
    }

    [Fact]
    public async Task an_index_is_built_beside_writers_and_built_anew_when_an_earlier_attempt_broke_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("create index merchant_name on merchant (id)");
        await using var writer = await database.Sql.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("update merchant set name = name", writer))
        {
            await write.ExecuteNonQueryAsync();
        }

        var migrating = MigrateAsync(database, Further(
            """
            -- outside a transaction
            drop index concurrently if exists merchant_name;

            create index concurrently merchant_name on merchant (name);
            """,
            Newest));
        await Eventually.BecomesTrueAsync(
            async () => await database.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and query like '%concurrently%' and wait_event_type = 'Lock')"),
            "the index waits for the writer");
        await database.ExecuteAsync("insert into merchant (number, name) values ('M7', 'Seventh')");

        await transaction.CommitAsync();
        await migrating;
        Assert.Equal(
            "CREATE INDEX merchant_name ON public.merchant USING btree (name)",
            await database.ScalarAsync<string>("select pg_get_indexdef(indexrelid) from pg_index where indexrelid = 'merchant_name'::regclass and indisvalid"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task a_database_that_a_newer_version_migrated_is_taken_when_it_says_that_this_version_works_with_it(int beyond, bool works)
    {
        await using var database = await TestDatabase.CreateAsync();
        await MigrateAsync(database, Further("create table shop (number text primary key);", Newest + beyond));

        var start = StartAsync(database, node: 0);

        if (works)
        {
            await start;
            return;
        }

        var refusal = await Assert.ThrowsAsync<UnfitDatabaseException>(() => start);
        Assert.Contains("a newer version has migrated it", refusal.Message);
    }

    [Fact]
    public async Task a_node_that_was_away_while_the_schema_left_it_behind_learns_that_it_must_not_go_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        var node = await StartAsync(database, node: 0);
        var registry = new NodeRegistry(database.Sql);
        Assert.True(await registry.TouchAsync(node, CancellationToken.None));
        var further = Further("create table shop (number text primary key);", Newest + 1);
        var refusal = await Assert.ThrowsAsync<UnfitDatabaseException>(() => MigrateAsync(database, further));
        Assert.Contains("stop every older node first", refusal.Message);

        await database.ExecuteAsync("update engine_node set seen_at = seen_at - interval '1 minute'");
        await MigrateAsync(database, further);

        Assert.False(await registry.TouchAsync(node, CancellationToken.None));
    }

    [Fact]
    public void migrations_are_numbered_without_a_gap()
    {
        var numbers = Sql.FilesIn("Migrations").Select(file => int.Parse(Path.GetFileName(file)[..4]));
        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    private static readonly int Newest = Migration.All[^1].Number;

    private static Migration Further(string sql, int compatibleWith) =>
        Migration.Read($"Migrations/{Newest + 1:D4}_further.sql", $"-- compatible with: {compatibleWith}\n{sql}");

    private static async Task MigrateAsync(TestDatabase database, Migration further)
    {
        await using var source = Database.ForReads(database.ConnectionString);
        await new Migrator(source, [.. Migration.All, further], NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
    }

    /// <summary>What every node does before it serves; returns the identity that it was given.</summary>
    private static async Task<int> StartAsync(TestDatabase database, int node)
    {
        await using var source = Database.ForReads(database.ConnectionString);
        await new Migrator(source, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DayKeeper(source, TestDatabase.Calendar, TestDatabase.LedgerDays).KeepAsync(TestDatabase.Morning, CancellationToken.None);
        return await new NodeRegistry(source).RegisterAsync($"node-{node}", CancellationToken.None);
    }

    private static Task<List<(string Name, DateTime At)>> MigratedAsync(TestDatabase database) => database.ReadAsync(
        "select name, applied_at from schema_migration order by number", row => (row.GetString(0), row.GetDateTime(1)));
}
