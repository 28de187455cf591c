using Npgsql;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Faults.Injectors;

[Trait("Category", "Slow")]
public sealed class DatabaseFaultsTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>
{
    private const int Seed = 1;

    [Fact]
    public async Task Every_fault_hurts_a_session_and_is_healed()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        // That one hurts those that commit, and has its own test.
        foreach (var fault in DatabaseFaults.Of(cluster, database, new Random(Seed)).Where(fault => !fault.Name.Contains("commit", StringComparison.Ordinal)))
        {
            await using var session = new NpgsqlConnection(database.ConnectionString + ";Pooling=false;Command Timeout=2;Cancellation Timeout=-1");
            await session.OpenAsync();

            await fault.InflictAsync();

            Assert.False(await WorksAsync(session), $"{fault}, and a session has not noticed");
            await fault.HealAsync();
            database.Sql.Clear();
            Assert.Equal(1, await database.ScalarAsync<int>("select 1"));
        }
    }

    [Fact]
    public async Task Sessions_are_ended_while_they_commit()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await database.ExecuteAsync("create table told (number int primary key)");
        var breaker = new CommitBreaker(database.ConnectionString, new Random(Seed));
        breaker.Start();
        var acknowledged = new List<int>();
        var broken = 0;
        for (var number = 0; broken < 3; number++)
        {
            Assert.True(number < 20_000, "no session is ended");
            try
            {
                await using var connection = await database.Sql.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await using var insert = new NpgsqlCommand($"insert into told values ({number})", connection);
                await insert.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
                acknowledged.Add(number);
            }
            catch (NpgsqlException ended)
            {
                Assert.Equal("57P01", ended.SqlState);
                broken++;
            }
        }

        await breaker.StopAsync();
        Assert.InRange(broken, 1, breaker.Ended);
        database.Sql.Clear();
        var there = await database.ReadAsync("select number from told", row => row.GetInt32(0));
        Assert.Empty(acknowledged.Except(there));
    }

    [Fact]
    public async Task A_full_disk_takes_no_more_rows_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        var small = PrivateCluster.On(disk);
        await small.InitializeAsync();
        try
        {
            await using var database = await small.CreateDatabaseAsync();
            await database.ExecuteAsync("create table load (line text)");
            var fault = DatabaseFaults.FullDisk(disk, small, new Random(Seed));

            await fault.InflictAsync();

            await Assert.ThrowsAnyAsync<NpgsqlException>(() => FillAsync(database, rows: 200_000));
            await fault.HealAsync();
            database.Sql.Clear();
            await FillAsync(database, rows: 1000);
            Assert.Equal(1000, await database.ScalarAsync<long>("select count(*) from load"));
        }
        finally
        {
            await small.DisposeAsync();
        }
    }

    private static async Task FillAsync(TestDatabase database, int rows) =>
        await database.ExecuteAsync($"insert into load select repeat('x', 100) from generate_series(1, {rows})");

    private static async Task<bool> WorksAsync(NpgsqlConnection session)
    {
        try
        {
            await using var command = new NpgsqlCommand("select 1", session);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
