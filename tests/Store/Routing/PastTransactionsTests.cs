using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Store.Routing;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

[Trait("Rule", "C17")]
public sealed class PastTransactionsTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    [Fact]
    public async Task each_payment_is_read_with_its_facts_its_first_channel_and_how_that_ended_C17()
    {
        Bench.Now = TestDatabase.Morning.AddHours(1);
        var committer = Bench.Committer();
        var paid = await Bench.OpenedAsync(committer);
        await Workbench.CommittedAsync(committer, Bench.Failing(paid));
        Bench.Now += TimeSpan.FromMinutes(5);
        await Workbench.CommittedAsync(committer, Bench.Paying(paid));
        await Workbench.CommittedAsync(committer, Bench.Succeeding(paid));
        var open = await Bench.OpenedAsync(committer);
        await Database.ExecuteAsync(
            """update payment_instruction set elements = '{"target_institution":"CMB","terminal":"app"}' where trade_id = $1""", open.Trade.Id.Value);

        var past = await ReadAsync(TestDatabase.Morning.AddHours(1), TestDatabase.Morning.AddHours(2));

        Assert.Equal(
            [(paid.Trade.Id, PastOutcome.Failed), (paid.Trade.Id, PastOutcome.Succeeded), (open.Trade.Id, PastOutcome.Open)],
            past.Select(transaction => (transaction.Trade, transaction.Outcome)));
        Assert.All(past, transaction => Assert.Equal("sim-card", transaction.Channel));
        Assert.Equal([0, 5, 5], past.Select(transaction => (transaction.At - TestDatabase.Morning.AddHours(1)).Minutes));
        var facts = past[1].Facts;
        Assert.Equal(
            ("pay", Bench.Merchant.Number, "member-7", "quick", new Money(10_000, Currency.Parse("CNY")), paid.Trade.MerchantOrderNo, CardMark.Of(Payers.Good)),
            (facts.Operation, facts.Merchant, facts.Member, facts.Mode, facts.Amount, facts.OrderNo, facts.Card));
        Assert.Equal(new DateTime(2040, 3, 1, 11, 5, 0), facts.LocalTime);
        Assert.Equal(((null, null), ("CMB", "app")), ((facts.TargetInstitution, facts.Terminal), (past[2].Facts.TargetInstitution, past[2].Facts.Terminal)));
    }

    [Fact]
    public async Task only_what_was_paid_in_the_time_is_read_also_when_its_trade_was_opened_on_the_day_before_C17()
    {
        var midnight = TestDatabase.Calendar.MomentOf(TestDatabase.Today.AddDays(1), TimeOnly.MinValue);
        Bench.Now = midnight.AddMinutes(-5);
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        await Workbench.CommittedAsync(committer, Bench.Failing(family));
        Bench.Now = midnight.AddMinutes(5);
        await Bench.ReadyAsync();
        await Workbench.CommittedAsync(committer, Bench.Paying(family));

        Assert.Equal([midnight.AddMinutes(5)], (await ReadAsync(midnight, midnight.AddHours(1))).Select(past => past.At));
        Assert.Equal([midnight.AddMinutes(-5)], (await ReadAsync(midnight.AddMinutes(-5), midnight)).Select(past => past.At));
        Assert.Empty(await ReadAsync(midnight.AddDays(900), midnight.AddDays(902)));
    }

    [Fact]
    public async Task of_more_than_are_wanted_every_so_manieth_is_read_from_beginning_to_end_C17()
    {
        Bench.Now = TestDatabase.Morning.AddHours(3);
        await Bench.ReadyAsync();
        var units = Enumerable.Range(0, 100).Select(_ => Bench.Opening()).ToArray();
        await Workbench.CommittedAsync(Bench.Committer(), units);

        var past = await ReadAsync(Bench.Now, Bench.Now.AddHours(1), most: 30);

        Assert.Equal(
            units.Select(unit => unit.Family.Trade.Id).Order().Where((_, place) => (place + 1) % 4 == 0),
            past.Select(transaction => transaction.Trade));
    }

    [Fact]
    public async Task nothing_more_is_read_for_somebody_who_has_hung_up_C17()
    {
        Bench.Now = TestDatabase.Morning.AddHours(7);
        await Bench.ReadyAsync();
        await Workbench.CommittedAsync(Bench.Committer(), [.. Enumerable.Range(0, 10).Select(_ => Bench.Opening())]);
        using var caller = new CancellationTokenSource();
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var past in new PastTransactions(Bench.Reads, TestDatabase.Calendar)
                .ReadAsync(new PastRange(Bench.Now, Bench.Now.AddHours(1), 1_000), caller.Token))
            {
                read++;
                await caller.CancelAsync();
            }
        });

        Assert.Equal(1, read);
    }

    [Fact]
    public async Task a_reroute_is_no_first_choice_and_a_payment_without_any_channel_is_read_C17()
    {
        Bench.Now = TestDatabase.Morning.AddHours(5);
        var committer = Bench.Committer();
        var first = await Bench.OpenedAsync(committer);
        var rerouted = await Bench.OpenedAsync(committer);
        await MakeARerouteAsync(rerouted.InstitutionOrders[0].Id, "id - 1", "'not_sent'", "'never sent'", "'li'");

        var past = await ReadAsync(Bench.Now, Bench.Now.AddHours(1));

        // The books are clean again.
        await MakeARerouteAsync(rerouted.InstitutionOrders[0].Id, "null", "null", "null", "null");
        Assert.Equal(
            [(first.Trade.Id, "sim-card"), (rerouted.Trade.Id, null)], past.Select(transaction => (transaction.Trade, transaction.Channel)));
    }

    private Task<int> MakeARerouteAsync(OrderId order, string of, string evidence, string note, string by) => Database.ExecuteAsync(
        $"update institution_order set reroute_of = {of}, evidence = {evidence}, evidence_note = {note}, rerouted_by = {by} where id = $1",
        order.Value);

    private async Task<List<PastTransaction>> ReadAsync(DateTimeOffset from, DateTimeOffset to, int most = 1_000)
    {
        var all = new List<PastTransaction>();
        await foreach (var past in new PastTransactions(Bench.Reads, TestDatabase.Calendar)
            .ReadAsync(new PastRange(from, to, most), CancellationToken.None))
        {
            all.Add(past);
        }

        return all;
    }
}
