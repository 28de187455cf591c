using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Store;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;
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
    public void migrations_are_numbered_without_a_gap()
    {
        var numbers = Sql.FilesIn("Migrations").Select(file => int.Parse(Path.GetFileName(file)[..4]));
        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    /// <summary>What every node does before it serves; returns the identity that it was given.</summary>
    private static async Task<int> StartAsync(TestDatabase database, int node)
    {
        await using var source = Database.ForReads(database.ConnectionString);
        await new Migrator(source, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DayKeeper(source, TestDatabase.Calendar).KeepAsync(TestDatabase.Morning, CancellationToken.None);
        return await new NodeRegistry(source).RegisterAsync($"node-{node}", CancellationToken.None);
    }

    private static Task<List<(string Name, DateTime At)>> MigratedAsync(TestDatabase database) => database.ReadAsync(
        "select name, applied_at from schema_migration order by number", row => (row.GetString(0), row.GetDateTime(1)));
}
