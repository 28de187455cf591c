using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>The posting date changes at midnight, between two postings and never inside one.</summary>
[Trait("Rule", "A2")]
public sealed class LedgerDayTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private static int _days;

    private readonly DayKeeper _keeper = new(fixture.Database.Sql, TestDatabase.Calendar, TestDatabase.LedgerDays);

    /// <summary>Each test has a midnight of its own: the day never goes back.</summary>
    private readonly int _day = Interlocked.Increment(ref _days);

    [Fact]
    public async Task the_roll_waits_for_a_posting_that_is_under_way()
    {
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var posting = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand(Sql.Get("Ledger/ledger.hold_day"), connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var before = await DayAsync();
        var roll = _keeper.KeepAsync(TestDatabase.Morning.AddDays(_day), CancellationToken.None);
        await SomebodyWaitsAsync();
        Assert.Equal(before, await DayAsync());

        await posting.CommitAsync();
        await roll;
        Assert.Equal(TestDatabase.Today.AddDays(_day), await DayAsync());
    }

    [Fact]
    public async Task a_posting_waits_for_the_roll_and_is_of_the_new_day()
    {
        var committer = Bench.Committer();
        var family = await Bench.OpenedAsync(committer);
        await _keeper.KeepAsync(TestDatabase.Morning.AddDays(_day - 1), CancellationToken.None);
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var roll = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(Sql.Get("Ledger/ledger.roll"), connection))
        {
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = TestDatabase.Today.AddDays(_day) });
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        var posting = Workbench.CommitAsync(committer, Bench.Succeeding(family));
        await SomebodyWaitsAsync();
        await roll.CommitAsync();

        Assert.Equal(CommitResult.Committed.Instance, (await posting)[0]);
        var payment = family.Payments[0].Id.Value;
        Assert.Equal(TestDatabase.Today.AddDays(_day), await Database.ScalarAsync<DateOnly>("select posting_date from posting where order_id = $1", payment));
        Assert.Equal(
            [TestDatabase.Today.AddDays(_day)],
            await Database.ReadAsync(
                "select distinct e.posting_date from entry e join posting p on p.id = e.posting_id where p.order_id = $1",
                row => row.GetFieldValue<DateOnly>(0),
                payment));
    }

    [Fact]
    public async Task the_day_never_goes_back()
    {
        var committer = Bench.Committer();
        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.OpenedAsync(committer)));
        await _keeper.KeepAsync(TestDatabase.Morning.AddDays(_day), CancellationToken.None);
        var reached = await DayAsync();

        await new DayKeeper(Database.Sql, TestDatabase.Calendar, TestDatabase.LedgerDays).KeepAsync(TestDatabase.Morning, CancellationToken.None);

        Assert.Equal(reached, await DayAsync());
    }

    [Fact]
    public async Task postings_go_on_while_the_day_changes_and_each_is_whole_in_its_day()
    {
        var committers = new[] { Bench.Committer(0), Bench.Committer(1) };
        var posted = await Task.WhenAll(committers.Select(async committer =>
        {
            var done = 0;
            for (var i = 0; i < 30; i++)
            {
                var family = await Bench.OpenedAsync(committer);
                await Workbench.CommittedAsync(committer, Bench.Succeeding(family));
                done++;
                if (i == 15 && committer == committers[0])
                {
                    await _keeper.KeepAsync(TestDatabase.Morning.AddDays(_day), CancellationToken.None);
                }
            }

            return done;
        }));

        Assert.Equal(60, posted.Sum());
        Assert.Equal(0, await Database.ScalarAsync<long>(
            "select count(*) from posting p join entry e on e.posting_id = p.id where e.posting_date <> p.posting_date"));
    }

    private async Task<DateOnly> DayAsync() => await Database.ScalarAsync<DateOnly>("select day from ledger_day");

    private Task SomebodyWaitsAsync() => Eventually.BecomesTrueAsync(
        () => Database.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))"),
        "somebody waits for the day");
}
