using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

public sealed class GroupCommitterTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    [Fact]
    [Trait("Rule", "O13")]
    public async Task of_many_units_with_one_key_that_wait_together_the_first_commits_and_the_others_learn_of_it_O13()
    {
        await using var held = await HeldCommitterAsync(new CommitterOptions { Lanes = 1 });
        var waiting = Enumerable.Range(0, 8).Select(_ => held.Committer.CommitAsync(Bench.Opening(key: "k-one")).AsTask()).ToList();

        await held.LetGoAsync();
        var results = await Task.WhenAll(waiting);

        Assert.Equal(CommitResult.Committed.Instance, results[0]);
        Assert.All(results[1..], result => Assert.Equal(CommitResult.KeyTaken.Instance, result));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task of_many_units_with_one_order_number_that_wait_together_the_first_opens_the_trade_O2()
    {
        await using var held = await HeldCommitterAsync(new CommitterOptions { Lanes = 1 });
        var first = Bench.Opening(orderNo: "n-one");
        var waiting = Enumerable.Range(0, 7).Select(_ => Bench.Opening(orderNo: "n-one")).Prepend(first)
            .Select(unit => held.Committer.CommitAsync(unit).AsTask()).ToList();

        await held.LetGoAsync();
        var results = await Task.WhenAll(waiting);

        Assert.Equal(CommitResult.Committed.Instance, results[0]);
        Assert.All(results[1..], result => Assert.Equal(new CommitResult.OrderNumberTaken(first.Family.Trade.Id), result));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task of_many_decisions_on_one_version_of_a_family_one_holds_M1()
    {
        var trade = (await Bench.OpenedAsync(Bench.Committer())).Trade.Id;
        await using var committer = Bench.GroupCommitter(new CommitterOptions { Lanes = 2 });
        var units = new List<UnitOfWork>();
        for (var i = 0; i < 10; i++)
        {
            // Postings choose the lane by merchant, others by trade: both lanes have their say.
            var family = await Bench.LoadAsync(trade);
            units.Add(i % 2 == 0 ? Bench.Succeeding(family) : Bench.Failing(family));
        }

        var results = await Task.WhenAll(units.Select(unit => committer.CommitAsync(unit).AsTask()));

        Assert.Single(results, CommitResult.Committed.Instance);
        Assert.Equal(9, results.Count(result => result == CommitResult.VersionConflict.Instance));
    }

    [Fact]
    public async Task what_finds_the_queue_full_is_turned_away_unwritten()
    {
        await using var held = await HeldCommitterAsync(new CommitterOptions { Lanes = 1, QueueCapacity = 3 });
        var waiting = Enumerable.Range(0, 3).Select(_ => held.Committer.CommitAsync(Bench.Opening()).AsTask()).ToList();

        var tooMuch = Bench.Opening();
        Assert.IsType<CommitResult.Unavailable>(await held.Committer.CommitAsync(tooMuch));

        await held.LetGoAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(CommitResult.Committed.Instance, result));
        Assert.Null(await Bench.Families.LoadAsync(tooMuch.Family.Trade.Id));
    }

    [Fact]
    public async Task at_the_end_what_waits_is_committed_and_nothing_new_is_taken()
    {
        var committer = Bench.GroupCommitter(new CommitterOptions());
        var waiting = Enumerable.Range(0, 200).Select(_ => committer.CommitAsync(Bench.Opening()).AsTask()).ToList();

        await committer.DisposeAsync();

        Assert.All(waiting, unit => Assert.Equal(CommitResult.Committed.Instance, unit.Result));
        Assert.IsType<CommitResult.Unavailable>(await committer.CommitAsync(Bench.Opening()));
    }

    [Fact]
    [Trait("Rule", "A6")]
    public async Task committers_that_meet_on_the_same_rows_never_wait_for_each_other_in_a_ring_A6()
    {
        const int Units = 100;
        UnitCommitter[] committers = [Bench.Committer(lane: 0), Bench.Committer(lane: 1), Bench.Committer(lane: 2)];
        for (var round = 0; round < 8; round++)
        {
            var numbers = Enumerable.Range(0, Units).Select(_ => MerchantHand.NewName("n")).ToList();
            var trades = Enumerable.Range(0, Units).Select(_ => Bench.Opening()).ToList();
            await Workbench.CommittedAsync(committers[0], [.. trades]);

            // Three committers, the same trades, numbers and accounts, each in an order of its own. All decide before
            // anybody commits, so that of each three decisions one can hold.
            var batches = new List<UnitOfWork>[committers.Length];
            for (var turn = 0; turn < committers.Length; turn++)
            {
                batches[turn] = [];
                for (var i = 0; i < Units; i++)
                {
                    var one = (i * 37 + turn * 33) % Units;
                    batches[turn].Add(Bench.Opening(orderNo: numbers[one]));
                    batches[turn].Add(Bench.Succeeding(await Bench.LoadAsync(trades[one].Family.Trade.Id)));
                }
            }

            var all = await Task.WhenAll(committers.Select((committer, turn) => Workbench.CommitAsync(committer, [.. batches[turn]])));

            Assert.DoesNotContain(all.SelectMany(results => results), result => result is CommitResult.Unavailable);
            Assert.Equal(2 * Units, all.SelectMany(results => results).Count(result => result is CommitResult.Committed));
        }

        await DemandNoDeadlocksAsync();
    }

    [Fact]
    [Trait("Rule", "A6")]
    public async Task numbers_are_claimed_in_one_order_by_all_committers_A6()
    {
        // Of three numbers the middle one is held by somebody else, so that the committers are sure to meet.
        string[] numbers = ["ring-1", "ring-2", "ring-3"];
        await using var holder = await Database.Sql.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var claim = new NpgsqlCommand(
            "insert into merchant_request values (1, 'held', 'ring-2', sha256('held'), 1, 1)", holder, held))
        {
            await claim.ExecuteNonQueryAsync();
        }

        var one = Workbench.CommitAsync(
            Bench.Committer(0), Bench.Opening(numbers[2], "a1"), Bench.Opening(numbers[1], "a2"), Bench.Opening(numbers[0], "a3"));
        await AnybodyWaitsAsync(1);
        var other = Workbench.CommitAsync(Bench.Committer(1), Bench.Opening(numbers[0], "b1"), Bench.Opening(numbers[2], "b2"));
        await AnybodyWaitsAsync(2);
        await held.RollbackAsync();

        Assert.Equal(3, (await one).Concat(await other).Count(result => result is CommitResult.Committed));
        await DemandNoDeadlocksAsync();
    }

    /// <summary>A committer of one lane that is busy with a unit which waits for a row that we hold.</summary>
    private async Task<HeldCommitter> HeldCommitterAsync(CommitterOptions options)
    {
        var family = await Bench.OpenedAsync(Bench.Committer());
        var blocker = await Database.Sql.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand($"begin; select 1 from trade_order where id = {family.Trade.Id.Value} for update", blocker))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var committer = Bench.GroupCommitter(options);
        var first = committer.CommitAsync(Bench.Failing(family)).AsTask();
        await AnybodyWaitsAsync(1);
        return new HeldCommitter(committer, blocker, first);
    }

    private Task AnybodyWaitsAsync(long many) => Eventually.BecomesTrueAsync(
        async () => await Database.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == many,
        $"{many} wait for somebody's lock");

    private async Task DemandNoDeadlocksAsync()
    {
        // A session tells the statistics at its end for certain.
        await Bench.DisposeAsync();
        await Eventually.BecomesTrueAsync(
            async () => await Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'payment-engine'") == 0,
            "the engine's sessions are over");
        Assert.Equal(0, await Database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private sealed class HeldCommitter(GroupCommitter committer, NpgsqlConnection blocker, Task<CommitResult> first) : IAsyncDisposable
    {
        public GroupCommitter Committer => committer;

        public async Task LetGoAsync()
        {
            await blocker.DisposeAsync();
            Assert.Equal(CommitResult.Committed.Instance, await first);
        }

        public ValueTask DisposeAsync() => committer.DisposeAsync();
    }
}
