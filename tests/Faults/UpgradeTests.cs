using PaymentEngine.Store.Startup;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// Versions side by side: N is the engine as it is built, N+1 the engine built again with one more migration, which
/// old and new understand; N+2 has one that N does not understand.
/// </summary>
[Trait("Rule", "M1")]
[Trait("Category", "Slow")]
public sealed class UpgradeTests
{
    private const int Seed = 12;
    private const int CannotStart = 78;

    private static readonly int Newest = Migration.All[^1].Number;
    private static readonly (string Name, string Sql) Expand = (
        $"{Newest + 1:D4}_a_column_more",
        $"""
        -- compatible with: {Newest}
        alter table trade_order add column shop text;
        alter table payment_order add column shop text;
        alter table timer add column shop text;
        create table shop (number text primary key);
        """);
    private static readonly (string Name, string Sql) Contract = (
        $"{Newest + 2:D4}_a_column_less",
        $"""
        -- compatible with: {Newest + 1}
        -- contract
        alter table trade_order drop column shop;
        """);

    [Fact]
    public async Task Versions_N_and_N_plus_1_serve_together_through_a_migration_and_N_restarts_on_what_N_plus_1_made()
    {
        await using var world = await World.CreateAsync();
        using var next = await NextVersion.BuildAsync(Expand);
        var newer = world.AddNode();
        newer.Program = next.Program;

        // Each process has a simulated institution of its own, which knows nothing of what was sent to the other. A
        // question that comes late enough never meets the wrong one.
        await world.Database.ExecuteAsync("update channel set send_window = '1 min'; update query_plan set first_age = '2 min'");
        var (crowd, others) = (new Crowd(Seed, "OLD", difficult: false), new Crowd(Seed, "NEW", difficult: false));
        using var enough = new CancellationTokenSource();

        var old = await EngineProcess.StartAsync(world.Settings);
        var load = crowd.SubmitAsync(old, CancellationToken.None);
        await crowd.AcknowledgedAsync(more: 200);
        await using var young = await EngineProcess.StartAsync(newer);
        Assert.Equal(Newest + 1, await NewestAppliedAsync(world));
        var newLoad = others.SubmitAsync(young, enough.Token);
        await Task.WhenAll(crowd.AcknowledgedAsync(more: 200), others.AcknowledgedAsync(more: 200));

        Assert.Equal(0, await old.TerminateAsync());
        await load;
        await old.DisposeAsync();
        await using var again = await EngineProcess.StartAsync(world.Settings);
        await crowd.RepeatUnansweredAsync(again);
        load = crowd.SubmitAsync(again, CancellationToken.None);
        await Task.WhenAll(crowd.AcknowledgedAsync(more: 200), others.AcknowledgedAsync(more: 200));

        Assert.Equal(0, await again.TerminateAsync());
        await load;
        await others.AcknowledgedAsync(more: 100);
        await enough.CancelAsync();
        await newLoad;
        await crowd.RepeatUnansweredAsync(young);

        await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        await world.Judge.EveryAcknowledgedTradeExistsAsync(others);
        await world.Judge.EveryTradeIsPaidAsync();
        await world.Judge.TheBankExecutedEachOrderOnceAsync();
        await world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange);
        Assert.Empty(others.Strange);
    }

    [Fact]
    public async Task A_migration_that_N_does_not_work_with_waits_until_N_has_stopped_and_then_keeps_N_from_starting()
    {
        await using var world = await World.CreateAsync();
        using var next = await NextVersion.BuildAsync(Expand, Contract);
        var newer = world.AddNode();
        newer.Program = next.Program;
        newer.Environment["Engine__NodeName"] = "young";
        world.Settings.Environment["Engine__NodeName"] = "elder";

        await using (var old = await EngineProcess.StartAsync(world.Settings))
        {
            var early = await EngineProgram.RunAsync(newer, "--Urls=http://127.0.0.1:0");
            Assert.Equal(CannotStart, early.ExitCode);
            Assert.Contains("elder, which runs on it; stop every older node first", early.Errors);
            Assert.Equal(Newest + 1, await NewestAppliedAsync(world));
            Assert.False(old.HasEnded);
            Assert.Equal(0, await old.TerminateAsync());
        }

        await using (var young = await EngineProcess.StartAsync(newer))
        {
            Assert.Equal(0, await young.TerminateAsync());
        }

        Assert.Equal(Newest + 2, await NewestAppliedAsync(world));

        var late = await EngineProgram.RunAsync(world.Settings, "--Urls=http://127.0.0.1:0");
        Assert.Equal(CannotStart, late.ExitCode);
        Assert.Contains($"works with versions that know migration {Newest + 1:D4} or later, this one ends with {Newest:D4}", late.Errors);
    }

    private static async Task<int> NewestAppliedAsync(World world) =>
        await world.Database.ScalarAsync<int>("select max(number) from schema_migration");
}
