using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Timers;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using PaymentEngine.Workflows.Messages;
using Xunit;

namespace PaymentEngine.Tests.Store.Timers;

[Trait("Rule", "M1")]
public sealed class TimerTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly TimerStore _timers = new(fixture.Database.Sql);

    [Fact]
    public async Task of_many_claimers_each_timer_goes_to_one_M1()
    {
        const int Timers = 3_000;
        await PlantDueAsync(Timers);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var mine = new List<DueTimer>();
            while (await _timers.ClaimAsync(70, Lease, CancellationToken.None) is { Count: > 0 } some)
            {
                mine.AddRange(some);
            }

            return mine;
        }));

        var all = claimed.SelectMany(timers => timers).ToList();
        Assert.Equal(Timers, all.Count);
        Assert.Equal(Timers, all.Select(timer => timer.Order).Distinct().Count());
        Assert.Equal(Timers, all.Select(timer => timer.Token).Distinct().Count());
        await _timers.DiscardAsync(all, CancellationToken.None);
    }

    [Fact]
    public async Task the_longest_due_come_first_and_what_is_not_due_not_at_all()
    {
        await Database.ExecuteAsync(
            "insert into timer select n, 'Query', n, now() - n * interval '1 minute', 0 from generate_series(-5, 20) n");

        var claimed = await _timers.ClaimAsync(15, Lease, CancellationToken.None);
        var rest = await _timers.ClaimAsync(15, Lease, CancellationToken.None);

        Assert.Equal(Enumerable.Range(6, 15).Select(n => (long)n), claimed.Select(timer => timer.Order.Value).Order());
        Assert.Equal(Enumerable.Range(0, 6).Select(n => (long)n), rest.Select(timer => timer.Order.Value).Order());
        await Database.ExecuteAsync("delete from timer where order_id between -5 and 20");
    }

    [Fact]
    public async Task of_lanes_that_share_a_line_so_many_are_claimed_as_it_takes_the_longest_due_first_M1()
    {
        await Database.ExecuteAsync(
            """
            insert into timer (order_id, kind, trade_id, due_at, lane, token)
            select 100 * l + n, 'Query', n, now() - n * interval '1 minute' - l * interval '1 second', 'query.' || l, 0
            from generate_series(1, 4) l cross join generate_series(-1, 5) n
            """);

        var claimed = await _timers.ClaimSharedAsync(
            [("query.1", 7, 3), ("query.2", 7, 3), ("query.3", 8, 100), ("query.9", 9, 100)], Lease, CancellationToken.None);

        Assert.Equal([105], OrdersIn("query.1"));
        Assert.Equal([204, 205], OrdersIn("query.2"));
        Assert.Equal([300, 301, 302, 303, 304, 305], OrdersIn("query.3"));
        Assert.Equal(9, claimed.Count);
        await Database.ExecuteAsync("delete from timer where order_id between 99 and 405");

        IEnumerable<long> OrdersIn(string lane) => claimed.Where(due => due.Lane == lane).Select(due => due.Timer.Order.Value).Order();
    }

    [Fact]
    public async Task a_timer_that_was_claimed_and_not_handled_is_due_again_when_the_lease_ends()
    {
        await PlantDueAsync(1);
        var first = Assert.Single(await _timers.ClaimAsync(10, Lease, CancellationToken.None));
        Assert.Empty(await _timers.ClaimAsync(10, Lease, CancellationToken.None));
        await _timers.DiscardAsync([first], CancellationToken.None);

        await PlantDueAsync(1);
        var held = Assert.Single(await _timers.ClaimAsync(10, TimeSpan.FromMilliseconds(1), CancellationToken.None));
        IReadOnlyList<DueTimer> again = [];
        await Eventually.BecomesTrueAsync(
            async () => (again = await _timers.ClaimAsync(10, Lease, CancellationToken.None)).Count > 0, "the lease is over");

        Assert.Equal(held.Order, again[0].Order);
        Assert.NotEqual(held.Token, again[0].Token);

        // Whoever let the lease pass has lost the timer.
        await _timers.DiscardAsync([held], CancellationToken.None);
        Assert.Equal(1, await CountAsync());
        await _timers.DiscardAsync(again, CancellationToken.None);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task the_commit_that_handles_a_timer_takes_it_away_by_its_token()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        var timer = await ClaimQueryOfAsync(family);

        var unit = Bench.Succeeding(family, handled: timer);
        await Workbench.CommittedAsync(committer, unit);

        Assert.Equal(0, await TimersOfAsync(family));
    }

    [Fact]
    public async Task a_stale_token_takes_nothing_away()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        var order = family.InstitutionOrders[0];
        var stale = await ClaimQueryOfAsync(family);

        // Another node was told something meanwhile and armed the timer anew.
        await Workbench.CommittedAsync(committer, Bench.Deciding(
            family, OutcomeMessages.OfSend(order.Id, order.Sends, new ChannelOutcome.Unknown("no answer"))));
        await _timers.DiscardAsync([stale], CancellationToken.None);
        Assert.Equal(1, await TimersOfAsync(family));

        var unit = Bench.Paying(family);
        unit.HandledTimer = stale;
        await Workbench.CommittedAsync(committer, unit);
        Assert.Equal(1, await TimersOfAsync(family));
    }

    [Fact]
    public async Task an_order_that_ends_while_its_timer_is_handled_takes_along_what_was_armed_meanwhile()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        var order = family.InstitutionOrders[0];
        var timer = await ClaimQueryOfAsync(family);
        await Workbench.CommittedAsync(committer, Bench.Deciding(
            family, OutcomeMessages.OfSend(order.Id, order.Sends, new ChannelOutcome.Unknown("no answer"))));

        var unit = Bench.Succeeding(family, handled: timer);
        await Workbench.CommittedAsync(committer, unit);

        Assert.Equal(0, await TimersOfAsync(family));
    }

    [Fact]
    public async Task a_handler_that_arms_its_timer_anew_keeps_it()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        var order = family.InstitutionOrders[0];
        var timer = await ClaimQueryOfAsync(family);
        Bench.Now = TestDatabase.Morning.AddSeconds(13);

        await Workbench.CommittedAsync(committer, Bench.Deciding(
            family, OutcomeMessages.OfQuery(order.Id, new ChannelOutcome.Unknown("no answer"), Bench.Now), timer));

        // First query at an age of 12 s, the second 5 s later.
        Assert.Equal(
            TestDatabase.Morning.AddSeconds(17).UtcDateTime,
            await Database.ScalarAsync<DateTime>("select due_at from timer where order_id = $1 and token = 0", order.Id.Value));
    }

    private async Task<DueTimer> ClaimQueryOfAsync(TradeFamily family)
    {
        var order = family.InstitutionOrders[0];
        await Database.ExecuteAsync("update timer set due_at = now() where order_id = $1", order.Id.Value);
        return Assert.Single(await _timers.ClaimSharedAsync([($"query.{order.ChannelId}", 1, 10)], Lease, CancellationToken.None)).Timer;
    }

    private Task<int> PlantDueAsync(int many) => Database.ExecuteAsync(
        $"insert into timer select n, 'Query', n, now() - interval '1 second', 0 from generate_series(1, {many}) n");

    private async Task<long> CountAsync() => await Database.ScalarAsync<long>("select count(*) from timer where due_at < now() + interval '1 day'");

    private async Task<long> TimersOfAsync(TradeFamily family) =>
        await Database.ScalarAsync<long>("select count(*) from timer where order_id = $1", family.InstitutionOrders[0].Id.Value);
}
