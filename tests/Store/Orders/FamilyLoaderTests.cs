using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using PaymentEngine.Workflows.Messages;
using Xunit;

namespace PaymentEngine.Tests.Store.Orders;

public sealed class FamilyLoaderTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    [Fact]
    [Trait("Rule", "O1")]
    public async Task a_family_comes_back_as_it_was_committed_O1()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        await Workbench.CommittedAsync(committer, Bench.Failing(family));
        var second = Bench.Paying(family);
        await Workbench.CommittedAsync(committer, second);
        await Workbench.CommittedAsync(committer, Bench.Succeeding(family));

        var loaded = await Bench.LoadAsync(family.Trade.Id);

        Assert.Equal(4, loaded.Trade.Version);
        Assert.Equivalent(family, loaded, strict: true);
    }

    [Fact]
    public async Task what_does_not_exist_is_null_also_on_a_day_without_orders()
    {
        Assert.Null(await Bench.Families.LoadAsync(OrderId.Create(TestDatabase.Today, OrderId.MaximumSequence)));
        Assert.Null(await Bench.Families.LoadAsync(OrderId.Create(new DateOnly(2021, 5, 5), 1)));
    }

    [Fact]
    public async Task a_crowd_gets_its_families_and_nobody_shares_one()
    {
        var committer = Bench.Committer();
        var units = Enumerable.Range(0, 40).Select(_ => Bench.Opening()).ToArray();
        await Workbench.CommittedAsync(committer, units);
        var asked = units.SelectMany(unit => Enumerable.Repeat(unit.Family.Trade.Id, 25))
            .Append(OrderId.Create(new DateOnly(2021, 5, 5), 1)).ToList();

        var families = await Task.WhenAll(asked.Select(Bench.Families.LoadAsync));

        Assert.Null(families[^1]);
        Assert.Equal(asked.SkipLast(1), families.SkipLast(1).Select(family => family!.Trade.Id));
        Assert.Equal(1_000, families.SkipLast(1).ToHashSet(ReferenceEqualityComparer.Instance).Count);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task a_family_that_changes_all_the_time_is_never_seen_half_changed_M1()
    {
        const int Payments = 40;
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        using var over = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => ReadUntilAsync(family.Trade.Id, over.Token)).ToList();

        for (var i = 1; i < Payments; i++)
        {
            await Workbench.CommittedAsync(committer, Bench.Failing(family));
            await Workbench.CommittedAsync(committer, Bench.Paying(family));
        }

        await over.CancelAsync();
        var seen = (await Task.WhenAll(readers)).SelectMany(versions => versions).ToHashSet();
        Assert.True(seen.Count > 10, $"only {seen.Count} versions were seen");
    }

    [Fact]
    public async Task whoever_still_asks_when_the_loader_stops_is_told()
    {
        var committer = Bench.Committer();
        var trade = (await Bench.OpenedAsync(committer)).Trade.Id;
        var asked = Enumerable.Range(0, 300).Select(_ => Bench.Families.LoadAsync(trade)).ToList();

        await Bench.Families.DisposeAsync();

        await Task.WhenAll(asked.Select(answer => answer.ContinueWith(_ => { }, TaskScheduler.Default))).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(asked, answer => Assert.True(answer.IsCompletedSuccessfully || answer.Exception!.InnerException is ObjectDisposedException));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Bench.Families.LoadAsync(trade));
    }

    /// <summary>Each version has a payment more or a payment that ended; returns the versions that were seen.</summary>
    private async Task<HashSet<int>> ReadUntilAsync(OrderId trade, CancellationToken over)
    {
        var versions = new HashSet<int>();
        while (!over.IsCancellationRequested)
        {
            var family = await Bench.LoadAsync(trade);
            var version = family.Trade.Version;
            versions.Add(version);
            var isPaying = version % 2 == 1;
            Assert.Equal(isPaying ? TradeStates.Paying : TradeStates.AwaitingPayment, family.Trade.State);
            Assert.Equal((version + 1) / 2, family.Payments.Count);
            Assert.Equal((version + 1) / 2, family.Instructions.Count);
            Assert.Equal((version + 1) / 2, family.InstitutionOrders.Count);
            Assert.Equal(isPaying ? 1 : 0, family.Payments.Count(p => p.State == PaymentStates.Processing));
            Assert.Equal(isPaying ? 1 : 0, family.Instructions.Count(i => i.State == InstructionStates.Processing));
            Assert.Equal(isPaying ? 1 : 0, family.InstitutionOrders.Count(o => o.State == InstitutionOrderStates.Sending));
        }

        return versions;
    }
}
