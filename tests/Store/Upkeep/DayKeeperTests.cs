using System.Text;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Requests;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Upkeep;

public sealed class DayKeeperTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private readonly DayKeeper _keeper = new(fixture.Database.Sql, TestDatabase.Calendar, TestDatabase.LedgerDays);

    [Fact]
    public async Task the_partitions_of_the_next_days_are_there_before_anybody_asks()
    {
        var day = TestDatabase.Today.AddDays(40);

        await _keeper.KeepAsync(TestDatabase.Morning.AddDays(40), CancellationToken.None);

        for (var ahead = 0; ahead <= 3; ahead++)
        {
            Assert.Equal(11, await Database.ScalarAsync<long>(
                "select count(*) from pg_class where relkind = 'r' and right(relname, 8) = $1", $"{day.AddDays(ahead):yyyyMMdd}"));
        }
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task answers_are_erased_after_thirty_days_and_their_keys_stay_taken_O13()
    {
        var committer = Bench.Committer();
        var old = Bench.Opening(key: "k-old");
        await Workbench.CommittedAsync(committer, old);

        // A late request to an old trade is answered later than the trade was opened.
        Bench.Now = TestDatabase.Morning.AddDays(3);
        await Bench.ReadyAsync();
        var late = Bench.Paying(await Bench.LoadAsync(old.Family.Trade.Id), "k-late");
        var young = Bench.Opening(key: "k-young");
        await Workbench.CommittedAsync(committer, young);
        await Workbench.CommittedAsync(committer, late);

        await _keeper.EraseAnswersAsync(TestDatabase.Morning.AddDays(30).AddSeconds(-1), CancellationToken.None);
        Assert.NotNull((await FindAsync("k-old"))!.Answer);

        await _keeper.EraseAnswersAsync(TestDatabase.Morning.AddDays(30).AddSeconds(1), CancellationToken.None);

        var erased = await FindAsync("k-old");
        Assert.Null(erased!.Answer);
        Assert.Equal(old.Claim!.BodyHash, erased.BodyHash);
        Assert.Equal(old.Family.Trade.Id, erased.Trade);
        Assert.Equal("k-young", Encoding.UTF8.GetString((await FindAsync("k-young"))!.Answer!.Body));
        Assert.Equal("k-late", Encoding.UTF8.GetString((await FindAsync("k-late"))!.Answer!.Body));
        Assert.Equal(CommitResult.KeyTaken.Instance, (await Workbench.CommitAsync(committer, Bench.Opening(key: "k-old")))[0]);

        await _keeper.EraseAnswersAsync(TestDatabase.Morning.AddDays(34), CancellationToken.None);
        Assert.Null((await FindAsync("k-young"))!.Answer);
        Assert.Null((await FindAsync("k-late"))!.Answer);
    }

    private Task<FirstRequest?> FindAsync(string key) =>
        new RequestStore(Database.Sql).FindAsync(Bench.Merchant.Id, key, CancellationToken.None);
}
