using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Limits;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Store.Limits.LimitHand;

namespace PaymentEngine.Tests.Store.Limits;

/// <summary>Limits are counted exactly, in the commit that makes the order.</summary>
[Trait("Rule", "C4")]
public sealed class LimitTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private static readonly CommitResult Committed = CommitResult.Committed.Instance;

    [Fact]
    public async Task of_a_batch_the_units_beyond_a_limit_are_refused_and_their_neighbours_do_not_notice_C4()
    {
        var (busy, card) = (OfChannel("batch", amount: 25_000), OfCard("batch-card", "6222", count: 2));
        UnitOfWork[] units =
        [
            Bench.Taking(10_000, busy), Bench.Opening(), Bench.Taking(20_000, busy), Bench.Taking(15_000, busy), Bench.Taking(1, busy),
            Bench.Taking(10_000, card), Bench.Taking(10_000, card), Bench.Opening(), Bench.Taking(10_000, card),
        ];

        var results = await Workbench.CommitAsync(Bench.Committer(), units);

        CommitResult full = new CommitResult.LimitReached(busy.Counter), cardIsFull = new CommitResult.LimitReached(card.Counter);
        Assert.Equal([Committed, Committed, full, Committed, full, Committed, Committed, Committed, cardIsFull], results);
        Assert.Equal((25_000, 2), await Database.UsedAsync(busy));
        Assert.Equal((20_000, 2), await Database.UsedAsync(card));
        foreach (var refused in new[] { units[2], units[4], units[8] })
        {
            Assert.Null(await Bench.Families.LoadAsync(refused.Family.Trade.Id));
            await Workbench.CommittedAsync(Bench.Committer(), Bench.Opening(refused.Claim!.MerchantOrderNo, refused.Claim.Key));
        }
    }

    [Fact]
    public async Task of_several_limits_an_order_takes_all_or_none_C4()
    {
        var (day, month, card) = (OfChannel("all-day", amount: 100_000), OfChannel("all-month", count: 2), OfCard("all-card", "6222", amount: 15_000));
        var committer = Bench.Committer(lane: 5);

        await Bench.TakenAsync(committer, 10_000, day, month, card);
        var beyond = await Workbench.CommitAsync(committer, Bench.Taking(10_000, day, month, card));
        var other = await Bench.TakenAsync(committer, 10_000, day, month);
        var third = await Workbench.CommitAsync(committer, Bench.Taking(10_000, day, month));

        Assert.Equal([new CommitResult.LimitReached(card.Counter)], beyond);
        Assert.Equal([new CommitResult.LimitReached(month.Counter)], third);
        Assert.Equal((20_000, 2), await Database.UsedAsync(day));
        Assert.Equal((20_000, 2), await Database.UsedAsync(month));
        Assert.Equal((10_000, 1), await Database.UsedAsync(card));
        Assert.Equal(2, (await Bench.LoadAsync(other.Trade.Id)).InstitutionOrders[0].LimitCounters.Length);
    }

    [Fact]
    public async Task what_is_left_in_other_portions_is_recalled_when_ones_own_run_short_C4()
    {
        var limit = OfChannel("recalled", amount: 16_000, count: 1_000);
        for (var lane = 0; lane < 15; lane++)
        {
            // 1,000 for each portion at first; the sixteenth is asked for more than that.
            await Bench.TakenAsync(Bench.Committer(lane), 700, limit);
        }

        Assert.Equal([Committed], await Workbench.CommitAsync(Bench.Committer(15), Bench.Taking(5_499, limit)));
        Assert.Equal([new CommitResult.LimitReached(limit.Counter)], await Workbench.CommitAsync(Bench.Committer(3), Bench.Taking(2, limit)));
        Assert.Equal([Committed], await Workbench.CommitAsync(Bench.Committer(8), Bench.Taking(1, limit)));
        Assert.Equal((16_000, 17), await Database.UsedAsync(limit));
    }

    [Fact]
    public async Task what_failed_is_free_again_in_the_period_that_reserved_it_also_when_it_is_over_C4()
    {
        var (today, tomorrow) = (OfChannel("period", amount: 10_000), OfChannel("period", amount: 10_000, period: TestDatabase.Today.AddDays(1)));
        var late = await Bench.TakenAsync(Bench.Committer(1), 10_000, today);
        Bench.Now = TestDatabase.Morning.AddDays(1);
        await Bench.TakenAsync(Bench.Committer(2), 6_000, tomorrow);

        await Workbench.CommittedAsync(Bench.Committer(3), Bench.Failing(await Bench.LoadAsync(late.Trade.Id)));

        Assert.Equal((0, 0), await Database.UsedAsync(today));
        Assert.Equal((6_000, 1), await Database.UsedAsync(tomorrow));
        Assert.Equal([Committed], await Workbench.CommitAsync(Bench.Committer(9), Bench.Taking(10_000, today)));
    }

    [Fact]
    public async Task a_limit_that_is_raised_or_lowered_during_the_day_holds_from_the_next_order_on_C4()
    {
        LimitClaim At(long most) => OfChannel("changed", amount: most);
        async Task<CommitResult> TakeAsync(int lane, long amount, long most) =>
            (await Workbench.CommitAsync(Bench.Committer(lane), Bench.Taking(amount, At(most))))[0];
        var full = new CommitResult.LimitReached(At(0).Counter);

        Assert.Equal(Committed, await TakeAsync(0, 9_000, most: 10_000));
        Assert.Equal(full, await TakeAsync(1, 2_000, most: 10_000));
        Assert.Equal(Committed, await TakeAsync(1, 2_000, most: 20_000));
        Assert.Equal(full, await TakeAsync(2, 1, most: 5_000));
        Assert.Equal(full, await TakeAsync(0, 1, most: 11_000));
        Assert.Equal(Committed, await TakeAsync(0, 1, most: 11_001));

        // A node that has not heard of it yet decides by what it knows.
        Assert.Equal(Committed, await TakeAsync(3, 8_999, most: 20_000));
        Assert.Equal(full, await TakeAsync(4, 1, most: 20_000));
        Assert.Equal((20_000, 4), await Database.UsedAsync(At(0)));
    }

    [Fact]
    public async Task a_success_after_the_failure_is_counted_though_it_does_not_fit_and_nothing_more_fits_C4()
    {
        var limit = OfChannel("after-all", amount: 10_000);
        var failed = await Bench.TakenAsync(Bench.Committer(1), 6_000, limit);
        await Workbench.CommittedAsync(Bench.Committer(2), Bench.Failing(failed));
        await Bench.TakenAsync(Bench.Committer(3), 9_000, limit);

        await Workbench.CommittedAsync(Bench.Committer(4), Bench.Succeeding(await Bench.LoadAsync(failed.Trade.Id)));

        Assert.Equal((15_000, 2), await Database.UsedAsync(limit));
        for (var lane = 0; lane < 16; lane++)
        {
            Assert.Equal([new CommitResult.LimitReached(limit.Counter)], await Workbench.CommitAsync(Bench.Committer(lane), Bench.Taking(1, limit)));
        }
    }

    [Fact]
    public async Task what_comes_back_to_a_limit_that_is_exceeded_makes_no_room_before_it_is_kept_again_C4()
    {
        LimitClaim At(long most) => OfChannel("exceeded", amount: most);
        var (one, other) = (await Bench.TakenAsync(Bench.Committer(1), 6_000, At(20_000)), await Bench.TakenAsync(Bench.Committer(2), 7_000, At(20_000)));
        var full = new CommitResult.LimitReached(At(0).Counter);
        Assert.Equal([full], await Workbench.CommitAsync(Bench.Committer(3), Bench.Taking(1, At(5_000))));

        await Workbench.CommittedAsync(Bench.Committer(4), Bench.Failing(one));
        Assert.Equal([full], await Workbench.CommitAsync(Bench.Committer(4), Bench.Taking(1, At(5_000))));
        await Workbench.CommittedAsync(Bench.Committer(4), Bench.Failing(other));
        Assert.Equal([Committed], await Workbench.CommitAsync(Bench.Committer(4), Bench.Taking(5_000, At(5_000))));
    }

    [Fact]
    public async Task a_unit_that_the_ledger_refuses_takes_nothing_and_leaves_its_room_to_the_next_C4()
    {
        const long FarTooMuch = 1_000_000_000_000;
        var limit = OfChannel("refused", amount: 10_000);
        var refused = Bench.Taking(10_000, limit);
        refused.Postings.Add(Bench.HandMade(
            refused.Family.Payments[0],
            PostingKind.Payment,
            (Bench.AccountOf(AccountKind.FeeIncome), FarTooMuch),
            (Bench.AccountOf(AccountKind.Merchant, Bench.Merchant.Id), -FarTooMuch)));

        var results = await Workbench.CommitAsync(Bench.Committer(), refused, Bench.Taking(10_000, limit), Bench.Taking(1, limit));

        Assert.IsType<CommitResult.PostingRefused>(results[0]);
        Assert.Equal([Committed, new CommitResult.LimitReached(limit.Counter)], results[1..]);
        Assert.Equal((10_000, 1), await Database.UsedAsync(limit));
    }

    [Fact]
    public async Task a_batch_that_is_halved_for_a_guilty_unit_counts_the_others_once_C4()
    {
        var limit = OfChannel("guilty", count: 7);
        var guilty = Bench.Taking(10_000, limit);
        guilty.Family.Payments[0].Failure = "failed without having failed";
        UnitOfWork[] innocent = [.. Enumerable.Range(0, 7).Select(_ => Bench.Taking(10_000, limit))];
        var batch = innocent.Take(3).Append(guilty).Concat(innocent.Skip(3))
            .Select(unit => new PaymentEngine.Store.Commit.PendingUnit(unit)).ToList();

        await Bench.Committer().CommitAsync(batch);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => batch[3].Result);
        batch.RemoveAt(3);
        Assert.All(await Task.WhenAll(batch.Select(pending => pending.Result)), result => Assert.Equal(Committed, result));
        Assert.Equal((70_000, 7), await Database.UsedAsync(limit));
    }

    [Fact]
    public async Task people_see_what_is_used_of_a_day_and_of_its_month_C4()
    {
        var day = OfChannel("seen", amount: 50_000) with { Counter = OfChannel("seen").Counter with { Channel = 102 } };
        var month = day with { Counter = day.Counter with { Limit = "seen-month", Period = new DateOnly(TestDatabase.Today.Year, TestDatabase.Today.Month, 1) }, MostAmount = null, MostCount = 9 };
        var nextDay = day with { Counter = day.Counter with { Period = TestDatabase.Today.AddDays(1) } };
        await Bench.TakenAsync(Bench.Committer(1), 10_000, day, month);
        await Bench.TakenAsync(Bench.Committer(2), 10_000, nextDay, month);

        var uses = await new LimitStore(Database.Sql).ListAsync(102, "", TestDatabase.Today, CancellationToken.None);

        Assert.Equal([new LimitUse(day.Counter, 10_000, 1, 50_000, null), new LimitUse(month.Counter, 20_000, 2, null, 9)], uses);
    }

    [Fact]
    public async Task counters_of_old_periods_are_forgotten_and_what_is_returned_to_them_too_C4()
    {
        var old = OfChannel("old", amount: 10_000);
        var family = await Bench.TakenAsync(Bench.Committer(), 10_000, old);
        var keeper = new DayKeeper(Database.Sql, TestDatabase.Calendar, TestDatabase.LedgerDays);

        await keeper.KeepAsync(TestDatabase.Morning.AddDays(DayKeeper.CountersAreKeptDays), CancellationToken.None);
        Assert.Equal((10_000, 1), await Database.UsedAsync(old));
        await keeper.KeepAsync(TestDatabase.Morning.AddDays(DayKeeper.CountersAreKeptDays + 1), CancellationToken.None);

        Assert.Equal((0, 0), await Database.UsedAsync(old));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from limit_portion p where not exists (select from limit_counter c where c.id = p.counter_id)"));
        await Workbench.CommittedAsync(Bench.Committer(), Bench.Failing(await Bench.LoadAsync(family.Trade.Id)));
    }
}
