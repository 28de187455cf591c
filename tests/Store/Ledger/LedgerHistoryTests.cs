using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Closing;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Support.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>
/// Random postings, holds, reversals, changes of mode, freezes and turns of the day on two nodes, with the database killed
/// in between, against the plainest of models: what clients were told.
/// </summary>
[Trait("Category", "Slow")]
public sealed class LedgerHistoryTests(PrivateCluster cluster) : IClassFixture<PrivateCluster>
{
    private const int Clients = 12;
    private const int RequestsOfEach = 120;

    [Theory]
    [Trait("Rule", "A2")]
    [Trait("Rule", "A3")]
    [Trait("Rule", "A5")]
    [Trait("Rule", "A7")]
    [Trait("Rule", "A8")]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public async Task whatever_is_asked_and_whatever_breaks_the_books_are_what_clients_were_told(int seed, int crashes)
    {
        await using var database = await DatabaseAsync();
        await using var one = new LedgerHand(database, node: 0);
        await using var other = new LedgerHand(database, node: 1, options: new CommitterOptions { Pace = TimeSpan.FromMilliseconds(2) });
        var bank = await one.OwnAsync();
        var transit = await one.OwnAsync(AccountKind.Transit, AccountMode.Buffered);
        string[] members =
        [
            await one.MemberAsync(1_000, funder: bank), await one.MemberAsync(500, creditLine: 200, funder: bank),
            await one.MemberAsync(800, mode: AccountMode.Buffered, funder: bank), await one.MemberAsync(600, mode: AccountMode.Sharded, shards: 4, funder: bank),
        ];
        string[] all = [.. members, bank, transit];
        var opened = await BalancesAsync(one, all);
        var histories = Enumerable.Range(0, Clients).Select(client => new LedgerHistory([one, other], all, (seed * 1_000) + client)).ToList();

        var traffic = Task.WhenAll(histories.Select(history => history.RunAsync(RequestsOfEach)));
        await DisturbAsync(database, one, members, traffic, seed, crashes);
        await traffic;

        var expected = all.ToDictionary(account => account, account => opened[account]);
        foreach (var request in histories.SelectMany(history => history.Posted))
        {
            foreach (var leg in request.Reverses.IsNone ? request.Legs : await TurnedAsync(database, request))
            {
                expected[leg.Account] += leg.Amount.Minor;
            }
        }

        Assert.Equal(expected, await BalancesAsync(one, all));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from ledger_request where key = any($1)", (object)histories.SelectMany(history => history.Refused).ToArray()));
        foreach (var account in all)
        {
            Assert.Equal(histories.Sum(history => history.Held.GetValueOrDefault(account)), (await one.StandingAsync(account)).Frozen);
        }

        Assert.Equal(0, await database.ScalarAsync<long>(
            "select count(*) from entry e join account a on a.id = e.account_id where a.kind = 'Member' and e.amount_minor < 0 and e.closing < a.floor"));
        Assert.Contains(histories, history => !history.Refused.IsEmpty);
        await CloseEverythingAsync(database, one);
        await Books.DemandCleanAsync(database);
    }

    /// <summary>Until the traffic is over: modes change, accounts are frozen for a moment, days turn, buffers are applied, the database dies.</summary>
    private async Task DisturbAsync(TestDatabase database, LedgerHand hand, string[] members, Task traffic, int seed, int crashes)
    {
        var random = new Random(seed);
        for (var turn = 0; !traffic.IsCompleted; turn++)
        {
            try
            {
                var account = members[random.Next(members.Length)];
                switch (random.Next(5))
                {
                    case 0:
                        await hand.Accounts.SetModeAsync(account, (AccountMode)random.Next(3), 4, true, "tester", default);
                        break;
                    case 1:
                        await hand.Accounts.FreezeAsync(account, "for a moment", "tester", default);
                        await hand.TryByTwoAsync(new WantedChange.Unfreeze(account, "over"));
                        break;
                    case 2 when turn % 4 == 0:
                        await LedgerDaysHand.TurnAsync(database);
                        break;
                    case 3 when crashes > 0 && turn > 3:
                        crashes--;
                        await cluster.CrashAsync();
                        await cluster.AnswersAsync();
                        break;
                    default:
                        await hand.ApplyAsync();
                        break;
                }
            }
            catch (Npgsql.NpgsqlException)
            {
                // It was killed; the next turn finds it again.
                database.Sql.Clear();
            }

            await Task.WhenAny(traffic, Task.Delay(60));
        }

        database.Sql.Clear();
        await hand.Changes.SweepAsync(default);
        foreach (var account in members)
        {
            await hand.TryByTwoAsync(new WantedChange.Unfreeze(account, "over"));
        }
    }

    private static async Task CloseEverythingAsync(TestDatabase database, LedgerHand hand)
    {
        await hand.ApplyAsync();
        await LedgerDaysHand.TurnAsync(database);
        using var vouchers = new VoucherStore(database.Sql, database.Sql, new ChartStore(database.Sql));
        var desk = new ClosingDesk(new DayCloser(database.Sql), vouchers);
        while (await new DayCloser(database.Sql).NextAsync(default) is { } day)
        {
            // What lies in transit here belongs to nothing that is under way.
            Assert.IsType<ClosingResult.Closed>(await desk.CloseAsync(day, "tester", [ClosingRefusal.TransitUnexplained], "by chance", default));
        }
    }

    private static async Task<IReadOnlyList<RequestedLeg>> TurnedAsync(TestDatabase database, LedgerRequest reversal) =>
        [.. (await new ReversibleLegs(database.Sql).FindAsync(reversal.Reverses, default))!.Legs.Select(leg => leg with { Amount = -leg.Amount })];

    private static async Task<Dictionary<string, long>> BalancesAsync(LedgerHand hand, string[] accounts)
    {
        var balances = new Dictionary<string, long>();
        foreach (var account in accounts)
        {
            balances.Add(account, await hand.BalanceAsync(account));
        }

        return balances;
    }

    private async Task<TestDatabase> DatabaseAsync()
    {
        var database = await cluster.CreateDatabaseAsync();
        await new Migrator(database.Sql, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new DayKeeper(database.Sql, TestDatabase.Calendar, TestDatabase.LedgerDays).KeepAsync(TestDatabase.Morning, CancellationToken.None);
        await new DemoSeed(database.Sql, TestDatabase.Secrets).PlantAsync(TestDatabase.DemoKey, institution: null, CancellationToken.None);
        return database;
    }
}
