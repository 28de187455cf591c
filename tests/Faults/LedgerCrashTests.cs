using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Tests.Support.Ledger;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// Random histories of a ledger on two real engines, asked over HTTP: bookings by hand and their reversal, holds that are
/// released, captured or expire, modes, credit lines, freezes, payments and refunds, turns of the day, while kill -9 ends
/// engines and PostgreSQL, and engines at failpoints: the moment between two commits of one booking is too short to be met
/// by chance. Whoever is not answered asks again under his key. The model is what people were told.
/// </summary>
[Trait("Category", "Slow")]
public sealed class LedgerCrashTests(PrivateCluster cluster, ITestOutputHelper output) : IClassFixture<PrivateCluster>
{
    private const int Crashes = 12;
    private const int People = 6;
    private const int StepsBetweenCrashes = 40;
    private const int LatestPass = 4;
    private const long LongestCreditLine = 2_000;

    /// <summary>Between which what people want is asked for, decided, booked and known to be.</summary>
    private static readonly Failpoint[] Points =
    [
        Failpoint.BeforeCommitOfPosting, Failpoint.AfterCommitOfPosting, Failpoint.BeforeCommitOfHold, Failpoint.AfterCommitOfHold,
        Failpoint.BeforeAdjustmentAsked, Failpoint.AfterAdjustmentAsked, Failpoint.BeforeChangeAsked, Failpoint.AfterChangeAsked,
        Failpoint.BeforeVerdict, Failpoint.AfterVerdict, Failpoint.BeforeAdjustmentBooked, Failpoint.AfterAdjustmentBooked,
        Failpoint.BeforeChangeDone, Failpoint.AfterChangeDone,
    ];

    private int _steps;

    [Fact]
    [Trait("Rule", "A1")]
    [Trait("Rule", "A2")]
    [Trait("Rule", "A3")]
    [Trait("Rule", "A4")]
    [Trait("Rule", "A7")]
    [Trait("Rule", "A8")]
    [Trait("Rule", "A9")]
    [Trait("Rule", "A10")]
    public async Task Whatever_dies_the_books_are_what_people_were_told()
    {
        var seed = Seeds.Draw(output);
        await using var world = await BankWorld.CreateAsync(broker: null, await cluster.CreateDatabaseAsync());
        await world.HirePeopleAsync();
        var other = world.AddNode();
        other.Urls = $"http://127.0.0.1:{Ports.Free()}";
        (world.Engine.Environment["Engine__NodeName"], other.Environment["Engine__NodeName"]) = ("one", "other");
        await using var engines = await EnginePair.StartAsync(world.Engine, other);
        Uri[] nodes = [new(world.Engine.Urls), new(other.Urls)];
        using var clerks = new LedgerClerks(nodes, "maker", "checker", TimeSpan.FromSeconds(30));
        using var shop = new PersistentClient(nodes, World.ApiKey, TimeSpan.FromSeconds(30));
        var stage = await LedgerStage.OpenAsync(clerks, "stage");
        var bookkeepers = Enumerable.Range(1, People).Select(person => new Bookkeeper(clerks, stage, $"b{person}", unchecked(seed + person), isPrudent: false)).ToList();
        var merchant = new RefundingMerchant(shop, "L", seed);
        using var enough = new CancellationTokenSource();

        var traffic = Task.WhenAll([.. bookkeepers.Select(bookkeeper => WorkAsync(bookkeeper, enough.Token)), merchant.WorkAsync(enough.Token)]);
        await CrashAsync(world.Database, clerks, engines, traffic, new Random(seed));
        await enough.CancelAsync();
        await traffic;

        output.WriteLine($"{_steps} steps, {bookkeepers.Sum(bookkeeper => bookkeeper.Captured)} captures, {merchant.GivenBack} refunds");
        output.WriteLine($"{engines.Met} of {engines.Sentenced} sentences were met");
        await Eventually.BecomesTrueAsync(
            async () => await HoldsLeftAsync(clerks, stage.Common) == 0, "what was held for a while is free again");
        await world.Judge.EveryTradeIsPaidAsync();
        await EveryRefundIsWithItsPayerAsync(world, merchant);
        var faults = await BookkeepersJudge.FaultsAsync(clerks, stage, bookkeepers);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await CloseEveryDayAsync(world.Database, clerks);
        await TheBooksAreWholeAsync(world.Database);
        await world.Judge.TheBooksAreCleanAsync();
    }

    private async Task WorkAsync(Bookkeeper bookkeeper, CancellationToken stop)
    {
        await bookkeeper.OpenAsync();
        while (!stop.IsCancellationRequested)
        {
            await bookkeeper.StepAsync();
            Interlocked.Increment(ref _steps);
        }
    }

    /// <summary>One crash after the other, each when people have done so much since the last; in between days turn and are closed.</summary>
    private async Task CrashAsync(TestDatabase database, LedgerClerks clerks, EnginePair engines, Task traffic, Random random)
    {
        for (var crash = 1; crash <= Crashes; crash++)
        {
            var wanted = _steps + StepsBetweenCrashes;
            // Whoever is sentenced gets as much again to come by.
            await Eventually.BecomesTrueAsync(
                () => _steps >= wanted && !(engines.AwaitsDeath && _steps < wanted + StepsBetweenCrashes) || traffic.IsFaulted, "people book");
            if (traffic.IsFaulted)
            {
                await traffic;
            }

            if (crash % 3 == 0)
            {
                await LedgerDaysHand.TurnAfterTheLastIsClosedAsync(database);
            }

            switch (random.Next(6))
            {
                case 0:
                    await cluster.CrashAsync();
                    break;
                case 1:
                    await cluster.KillAllAsync();
                    await cluster.StartAsync();
                    break;
                case 2:
                    await Task.WhenAll(engines.KillAsync(0), cluster.CrashAsync());
                    break;
                case 3:
                    await Task.WhenAll(engines.KillAsync(0), engines.KillAsync(1));
                    break;
                default:
                    await engines.KillAsync(crash % 2);
                    break;
            }

            await cluster.AnswersAsync();
            database.Sql.Clear();
            await engines.RestartAsync($"{Points[random.Next(Points.Length)]}:{random.Next(1, LatestPass + 1)}");
            await LedgerDaysHand.CloseAsync(clerks);
        }

        // Whoever is still sentenced is pardoned.
        await Task.WhenAll(engines.KillAsync(0), engines.KillAsync(1));
        await engines.RestartAsync();
    }

    private static async Task<int> HoldsLeftAsync(LedgerClerks clerks, string account) =>
        (await clerks.ReadAsync($"accounts/{account}/holds?state=open")).Json["holds"]!.AsArray().Count;

    /// <summary>Nothing is in transit, the bank gave back once what the engine says it did, and channels owe us what the bank has kept.</summary>
    private static async Task EveryRefundIsWithItsPayerAsync(BankWorld world, RefundingMerchant merchant)
    {
        await Eventually.BecomesTrueAsync(
            async () => await world.Database.ScalarAsync<long>("select count(*) from payment_order where refund_kind is not null and state <> 'Succeeded'") == 0,
            "every refund is with its payer");
        Assert.Equal(merchant.GivenBack, await world.Database.ScalarAsync<long>("select count(*) from payment_order where refund_kind is not null"));
        await world.Judge.TheBankExecutedEachOrderOnceAsync();
        var kept = world.Journal.Sum(line => line.Event switch
        {
            JournalEvent.Executed => line.AmountMinor!.Value,
            JournalEvent.Refunded => -line.AmountMinor!.Value,
            _ => 0,
        });
        Assert.Equal(-kept, await SumAsync(world.Database, "ChannelReceivable"));
        Assert.Equal(0, await SumAsync(world.Database, "Transit"));
    }

    private static Task<long> SumAsync(TestDatabase database, string kind) => database.ScalarAsync<long>(
        "select coalesce(sum(b.booked + b.buffered), 0)::bigint from account_balance b join account a on a.id = b.id where a.kind = $1", kind);

    private static async Task CloseEveryDayAsync(TestDatabase database, LedgerClerks clerks)
    {
        await LedgerDaysHand.TurnAsync(database);
        string? against = null;
        try
        {
            await Eventually.BecomesTrueAsync(async () => (against = await LedgerDaysHand.CloseAsync(clerks)) is null, "every day that is over is closed");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"a day cannot be closed: {against}");
        }
    }

    /// <summary>In statements of the test's own, over all days, which are closed by now.</summary>
    private static async Task TheBooksAreWholeAsync(TestDatabase database)
    {
        Assert.Equal(0, await database.ScalarAsync<long>("select sum(booked + buffered)::bigint from account_balance"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from (select opening, lag(closing, 1, 0::bigint) over (partition by account_id order by day) as before from account_day) d where opening <> before"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from (select opening, lag(closing, 1, 0::bigint) over (partition by account_id order by sequence) as before from entry) e where opening <> before"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from entry e join account a on a.id = e.account_id
            where a.kind in ('Member', 'Merchant') and e.amount_minor < 0 and e.closing < case when a.number ~ '^b' and a.parent_id is null then -$1 else 0 end
            """,
            LongestCreditLine));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from (
                select d.day, coalesce(a.subject_code, k.subject) as subject, a.currency, sum(d.debit) - sum(d.credit) as moved
                from account_day d join account a on a.id = d.account_id join account_kind k on k.kind = a.kind group by 1, 2, 3
            ) l full join (select day, subject, currency, debit - credit as moved from gl_day) g using (day, subject, currency)
            where coalesce(l.moved, 0) <> coalesce(g.moved, 0)
            """));
    }
}
