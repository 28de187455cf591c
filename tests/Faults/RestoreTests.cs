using Npgsql;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// A backup is restored on another server while the original has gone on. What institutions and merchants have seen of
/// the original since then the copy does not know, and must not name anything by it.
/// </summary>
[Trait("Rule", "O10")]
[Trait("Rule", "M1")]
[Trait("Category", "Slow")]
public sealed class RestoreTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>
{
    private const int Seed = 7;

    /// <summary>Every number and every id that goes out of the house.</summary>
    private const string Names =
        """
        select number from institution_order
        union all select id::text from institution_order
        union all select id::text from trade_order
        union all select id::text from payment_order
        union all select id::text from payment_instruction
        union all select id::text from notification
        union all select id::text from posting
        """;

    [Fact]
    public async Task A_recovered_backup_and_its_original_that_goes_on_have_no_new_number_in_common()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        await SubmitAsync(world, "BEFORE");
        var copied = await cluster.CopyAsync(recovering: true);
        try
        {
            await using var restored = World.On(copied.DatabaseNamed(NameOf(world)));
            await BothGoOnAsync(world, restored);
            Assert.Equal([0, 1], await restored.Database.ReadAsync("select era from number_era order by era", row => row.GetInt32(0)));
        }
        finally
        {
            await copied.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_dump_restored_on_another_server_and_its_original_that_goes_on_have_no_new_number_in_common()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        await SubmitAsync(world, "BEFORE");
        var other = new PrivateCluster();
        await other.InitializeAsync();
        try
        {
            var database = await other.CreateDatabaseAsync();
            await PrivateCluster.DumpAsync(world.Database, database);
            await using var restored = World.On(database);
            await BothGoOnAsync(world, restored);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_copy_that_nobody_can_tell_from_its_original_goes_on_after_it_without_one_of_its_numbers()
    {
        await using var world = await World.CreateAsync(await cluster.CreateDatabaseAsync());
        await SubmitAsync(world, "BEFORE");
        var copied = await cluster.CopyAsync(recovering: false);
        try
        {
            world.Database.Sql.Clear();
            await using var restored = World.On(copied.DatabaseNamed(NameOf(world)));
            var known = await NamesAsync(restored);

            await SubmitAsync(world, "ORIGINAL");
            await SubmitAsync(restored, "RESTORED");

            await NothingNewIsInBothAsync(known, world, restored);
            Assert.Equal([0], await restored.Database.ReadAsync("select era from number_era", row => row.GetInt32(0)));
        }
        finally
        {
            await copied.DisposeAsync();
        }
    }

    private static async Task BothGoOnAsync(World original, World restored)
    {
        original.Database.Sql.Clear();
        var known = await NamesAsync(restored);
        Assert.NotEmpty(known);

        await Task.WhenAll(SubmitAsync(original, "ORIGINAL"), SubmitAsync(restored, "RESTORED"));

        await NothingNewIsInBothAsync(known, original, restored);
    }

    /// <summary>An engine takes some hundred payments, of which every one is paid, and stops.</summary>
    private static async Task SubmitAsync(World world, string name)
    {
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        var crowd = new Crowd(Seed, name, difficult: false);
        using var enough = new CancellationTokenSource();
        var load = crowd.SubmitAsync(engine, enough.Token);
        await crowd.AcknowledgedAsync(more: 300);
        await enough.CancelAsync();
        await load;
        await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        await world.Judge.EveryTradeIsPaidAsync();
        Assert.Equal(0, await engine.TerminateAsync());
        await world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange);
    }

    private static async Task NothingNewIsInBothAsync(HashSet<string> known, World original, World restored)
    {
        var (ours, theirs) = (await NamesAsync(original), await NamesAsync(restored));
        ours.ExceptWith(known);
        theirs.ExceptWith(known);
        Assert.NotEmpty(ours);
        Assert.NotEmpty(theirs);
        ours.IntersectWith(theirs);
        Assert.Empty(ours);
    }

    private static async Task<HashSet<string>> NamesAsync(World world) =>
        [.. await world.Database.ReadAsync(Names, row => row.GetString(0))];

    private static string NameOf(World world) => new NpgsqlConnectionStringBuilder(world.Database.ConnectionString).Database!;
}
