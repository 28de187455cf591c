using PaymentEngine.Ledger;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>A database is made on some day; the ledger's first is the one that its cut says.</summary>
[Trait("Rule", "A7")]
public sealed class FirstDayTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    [Fact]
    public async Task a_ledger_begins_on_the_day_that_its_cut_says_and_takes_postings_on_it_A7()
    {
        var notYet = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(TestDatabase.Morning, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime).AddHours(1);
        var keeper = new DayKeeper(Database.Sql, TestDatabase.Calendar, new LedgerCalendar(TestDatabase.Calendar, notYet));

        await keeper.KeepAsync(TestDatabase.Morning, CancellationToken.None);
        Assert.Equal(TestDatabase.Today.AddDays(-1), await Database.ScalarAsync<DateOnly>("select day from ledger_day"));
        var committer = Bench.Committer();
        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.OpenedAsync(committer)));
        Assert.Equal(TestDatabase.Today.AddDays(-1), await Database.ScalarAsync<DateOnly>("select distinct posting_date from entry"));

        await keeper.KeepAsync(TestDatabase.Morning.AddDays(-1), CancellationToken.None);
        Assert.Equal(TestDatabase.Today.AddDays(-1), await Database.ScalarAsync<DateOnly>("select day from ledger_day"));
    }
}
