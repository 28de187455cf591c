using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;
using static PaymentEngine.Tests.Store.Limits.LimitHand;

namespace PaymentEngine.Tests.Store.Limits;

/// <summary>Two nodes and 1,000 submits at once: a limit is never exceeded, and what still fits is never refused.</summary>
[Trait("Rule", "C4")]
public sealed class LimitRaceTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    private const int Submits = 1_000;

    [Fact]
    public async Task as_many_orders_as_the_limit_counts_commit_C4()
    {
        var limit = OfChannel("count", count: 637);

        var submits = await SubmitAsync((bench, _) => bench.Taking(10_000, limit));

        Assert.Equal(637, Demand(submits));
        Assert.Equal((6_370_000, 637), await Database.UsedAsync(limit));
    }

    [Fact]
    public async Task odd_amounts_fill_the_limit_until_none_that_was_refused_fits_C4()
    {
        var limit = OfChannel("amount", amount: 1_234_567);
        var random = new Random(4);
        var amounts = Enumerable.Range(0, Submits).Select(_ => random.NextInt64(1, 9_999)).ToArray();

        var submits = await SubmitAsync((bench, i) => bench.Taking(amounts[i], limit));

        Demand(submits);
        var (used, _) = await Database.UsedAsync(limit);
        Assert.Equal(submits.Where(IsIn).Sum(AmountOf), used);
        Assert.InRange(used, 0, 1_234_567);
        Assert.All(submits.Where(submit => !IsIn(submit)), refused => Assert.True(used + AmountOf(refused) > 1_234_567));

        await using var bench = await Workbench.OpenAsync(Database);
        await bench.TakenAsync(bench.Committer(11), 1_234_567 - used, limit);
        Assert.Equal([new CommitResult.LimitReached(limit.Counter)], await Workbench.CommitAsync(bench.Committer(4), bench.Taking(1, limit)));
    }

    [Fact]
    public async Task channel_month_and_cards_at_once_are_each_full_to_the_last_order_C4()
    {
        // Fifty cards with ten orders each; the channel would carry 451 of the 500, and the merchant anything.
        var (day, month) = (OfChannel("mixed-day", amount: 1_000_000_000, count: 451), OfChannel("mixed-month", amount: 9_000_000));
        var submits = await SubmitAsync((bench, i) => bench.Taking(10_000, day, month, OfCard("mixed-card", $"card-{i % 50}", count: 10)));

        Assert.Equal(451, Demand(submits));
        Assert.Equal((4_510_000, 451), await Database.UsedAsync(day));
        Assert.Equal((4_510_000, 451), await Database.UsedAsync(month));
        Assert.Equal(10, await Database.ScalarAsync<long>("select max(count_used) from limit_portion p join limit_counter c on c.id = p.counter_id where c.limit_name = 'mixed-card'"));
    }

    [Fact]
    public async Task what_comes_back_while_others_submit_is_taken_again_to_the_last_C4()
    {
        var limit = OfChannel("returned", count: 300);
        var first = (await SubmitAsync((bench, _) => bench.Taking(10_000, limit))).Where(IsIn).ToList();
        Assert.Equal(300, first.Count);

        await using var returning = await Workbench.OpenAsync(Database);
        await using var node = returning.GroupCommitter(new CommitterOptions(), nodeId: 3);
        var returns = Task.WhenAll(first.Take(120).Select(submit => node.CommitAsync(returning.Failing(submit.Unit.Family)).AsTask()));
        var second = await SubmitAsync((bench, _) => bench.Taking(10_000, limit));
        Assert.All(await returns, result => Assert.Equal(CommitResult.Committed.Instance, result));

        var third = await SubmitAsync((bench, _) => bench.Taking(10_000, limit));
        Assert.Equal(120, second.Concat(third).Count(IsIn));
        Assert.Equal((3_000_000, 300), await Database.UsedAsync(limit));
    }

    /// <summary>Those who take of their own portions and those who lock all never wait for each other in a ring.</summary>
    public override async Task DisposeAsync()
    {
        // A session tells the statistics at its end for certain.
        await Eventually.BecomesTrueAsync(
            async () => await Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'payment-engine'") == 0,
            "the engine's sessions are over");
        Assert.Equal(0, await Database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
        await base.DisposeAsync();
    }

    private static bool IsIn((UnitOfWork Unit, CommitResult Result) submit) => submit.Result is CommitResult.Committed;

    private static long AmountOf((UnitOfWork Unit, CommitResult Result) submit) => submit.Unit.Family.Trade.Amount.Minor;

    /// <summary>Everybody was told that it is done or that a limit is reached, and nothing else; returns how many are done.</summary>
    private static int Demand(IReadOnlyList<(UnitOfWork Unit, CommitResult Result)> submits)
    {
        Assert.DoesNotContain(submits, submit => submit.Result is not (CommitResult.Committed or CommitResult.LimitReached));
        return submits.Count(IsIn);
    }

    /// <summary>Half of them at each of two nodes with two lanes each, all waiting at once.</summary>
    private async Task<IReadOnlyList<(UnitOfWork Unit, CommitResult Result)>> SubmitAsync(Func<Workbench, int, UnitOfWork> unit)
    {
        Workbench[] benches = [await Workbench.OpenAsync(Database), await Workbench.OpenAsync(Database)];
        var units = new List<UnitOfWork>();
        for (var i = 0; i < Submits; i++)
        {
            if (i % 200 == 0)
            {
                await benches[0].ReadyAsync();
                await benches[1].ReadyAsync();
            }

            units.Add(unit(benches[i % 2], i));
        }

        // Small batches, so that many transactions meet.
        var options = new CommitterOptions { Lanes = 2, MaximumBatch = 25, Pace = TimeSpan.Zero };
        CommitResult[] results;
        await using (var one = benches[0].GroupCommitter(options, nodeId: 1))
        await using (var other = benches[1].GroupCommitter(options, nodeId: 2))
        {
            results = await Task.WhenAll(units.Select((it, i) => (i % 2 == 0 ? one : other).CommitAsync(it).AsTask()));
        }

        await benches[0].DisposeAsync();
        await benches[1].DisposeAsync();
        return [.. units.Zip(results)];
    }
}
