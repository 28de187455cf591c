using Npgsql;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Faults;

/// <summary>The database goes away under an engine at work, in several ways, and comes back.</summary>
[Trait("Rule", "M1")]
public sealed class DatabaseLossTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>
{
    private const int Seed = 1;

    [Fact]
    public async Task Readiness_goes_with_the_database_and_comes_back_with_it()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
        var submission = new Submission("A-1");
        Assert.Equal(200, (await merchant.GetAsync("/health/ready")).Status);

        await cluster.StopAsync();

        var down = await merchant.GetAsync("/health/ready");
        Assert.Equal((503, "not ready"), (down.Status, (string)down.Json["status"]!));
        Assert.Equal(200, (await merchant.GetAsync("/health/live")).Status);
        foreach (var refused in new[] { await submission.SendAsync(merchant), await merchant.GetAsync("/v1/trades?merchant_order_no=A-1") })
        {
            Assert.Equal((503, "unavailable", true), (refused.Status, refused.Code, (bool)refused.Json["retryable"]!));
        }

        await cluster.StartAsync();

        await Eventually.BecomesTrueAsync(async () => (await merchant.GetAsync("/health/ready")).Status == 200, "the engine is ready again");
        Assert.Equal(201, (await submission.SendAsync(merchant)).Status);
        world.Database.Sql.Clear();
        await world.Judge.EveryTradeIsPaidAsync();
        await world.Judge.TheBooksAreCleanAsync();
    }

    /// <summary>There no session can begin, and the database calls that an internal error of its own.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task On_a_full_disk_whoever_asks_is_told_to_come_again()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 500);
        var small = PrivateCluster.On(disk);
        await small.InitializeAsync();
        try
        {
            await using var world = await World.CreateAsync(await small.CreateDatabaseAsync());
            await using var engine = await EngineProcess.StartAsync(world.Settings);
            using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
            var submission = new Submission("A-1");
            var path = await world.Database.ScalarAsync<string>("select 'base/' || oid || '/pg_internal.init' from pg_database where datname = current_database()");
            await using var last = await world.Database.Sql.OpenConnectionAsync();

            // Every session that begins has to write this file, until one has.
            var file = disk.FromOutside(Path.Combine(disk.Directory, "server", "data", path!));
            do
            {
                File.Delete(file);
                await disk.FillAsync(exceptBytes: 0);
            }
            while (File.Exists(file));
            await using var end = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", last);
            await end.ExecuteNonQueryAsync();

            var refused = Assert.ThrowsAny<PostgresException>(() => world.Database.Sql.OpenConnection());
            Assert.Equal("XX000", refused.SqlState);
            foreach (var answer in new[] { await merchant.GetAsync("/v1/trades?merchant_order_no=A-1"), await submission.SendAsync(merchant) })
            {
                Assert.Equal((503, "unavailable", true), (answer.Status, answer.Code, (bool)answer.Json["retryable"]!));
            }

            disk.Free();
            world.Database.Sql.Clear();

            await Eventually.BecomesTrueAsync(async () => (await submission.SendAsync(merchant)).Status == 201, "the order is taken");
            await world.Judge.EveryTradeIsPaidAsync();
            await world.Judge.TheBooksAreCleanAsync();
        }
        finally
        {
            await small.DisposeAsync();
        }
    }

    [Fact]
    public Task An_engine_survives_the_loss_of_its_connections_under_load() => LoseAsync(times: 10, database =>
        database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'payment-engine' and datname = current_database()"));

    [Fact]
    [Trait("Category", "Slow")]
    public Task An_engine_survives_the_kill_of_the_database_server_under_load() => LoseAsync(times: 3, async _ =>
    {
        await cluster.KillAsync();
        await cluster.StartAsync();
    });

    [Fact]
    [Trait("Category", "Slow")]
    public Task An_engine_survives_crashes_of_the_database_under_load() => LoseAsync(times: 8, _ => cluster.CrashAsync());

    private async Task LoseAsync(int times, Func<TestDatabase, Task> lose)
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var enough = new CancellationTokenSource();
        var crowd = new Crowd(Seed, "D");
        var load = crowd.SubmitAsync(engine, enough.Token);
        for (var time = 0; time < times; time++)
        {
            await crowd.AcknowledgedAsync(more: 200);
            await lose(world.Database);
        }

        await crowd.AcknowledgedAsync(more: 200);
        await enough.CancelAsync();
        await load;
        await crowd.RepeatUnansweredAsync(engine);

        // The connections of the test itself are lost too.
        world.Database.Sql.Clear();
        Assert.False(engine.HasEnded, engine.Output);
        await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        await world.Judge.EveryTradeIsPaidAsync();
        await world.Judge.EveryOrderNumberHasOneTradeWithOnePaymentAsync();
        await world.Judge.TheBankExecutedEachOrderOnceAsync();
        await world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange);
    }
}
