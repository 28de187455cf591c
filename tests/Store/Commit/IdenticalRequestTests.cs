using Npgsql;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Requests;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

/// <summary>One request arrives twice at the same instant, on two nodes: two committers, two connections.</summary>
[Trait("Rule", "O2")]
[Trait("Rule", "O13")]
public sealed class IdenticalRequestTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    [Fact]
    public async Task one_opens_the_trade_and_the_other_finds_its_answer_O2()
    {
        var (here, there) = (Bench.Committer(0), Bench.Committer(1));
        for (var round = 0; round < 50; round++)
        {
            var (orderNo, key) = ($"twice-{round}", $"k-twice-{round}");
            UnitOfWork[] units = [Bench.Opening(orderNo, key), Bench.Opening(orderNo, key)];

            var results = await Task.WhenAll(Workbench.CommitAsync(here, units[0]), Workbench.CommitAsync(there, units[1]));

            var winner = Assert.Single(units, unit => results[Array.IndexOf(units, unit)][0] is CommitResult.Committed);
            Assert.Equal(CommitResult.KeyTaken.Instance, Assert.Single(results, result => result[0] is not CommitResult.Committed)[0]);
            var first = await new RequestStore(Database.Sql).FindAsync(Bench.Merchant.Id, key, CancellationToken.None);
            Assert.Equal(winner.Family.Trade.Id, first!.Trade);
            Assert.Equal((winner.Answer!.Status, winner.Answer.Location), (first.Answer!.Status, first.Answer.Location));
            Assert.Equal(winner.Answer.Body, first.Answer.Body);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task the_second_waits_for_the_first_and_learns_how_it_ended_O13(bool firstCommits)
    {
        var key = $"k-wait-{firstCommits}";
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var claim = new NpgsqlCommand("insert into merchant_request values ($1, $2, null, sha256('x'), 1, 1)", connection))
        {
            claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Bench.Merchant.Id });
            claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            await claim.ExecuteNonQueryAsync();
        }

        var second = Workbench.CommitAsync(Bench.Committer(), Bench.Opening(key: key));
        await Eventually.BecomesTrueAsync(
            () => Database.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"),
            "the second waits");
        await (firstCommits ? transaction.CommitAsync() : transaction.RollbackAsync());

        Assert.Equal(firstCommits ? CommitResult.KeyTaken.Instance : CommitResult.Committed.Instance, (await second)[0]);
        await Database.ExecuteAsync("delete from merchant_request where trade_id = 1");
    }

    [Fact]
    public async Task a_request_about_an_existing_trade_happens_once_O13()
    {
        var (here, there) = (Bench.Committer(0), Bench.Committer(1));
        for (var round = 0; round < 30; round++)
        {
            var trade = (await Bench.OpenedAsync(here)).Trade.Id;
            var key = $"k-pay-twice-{round}";
            UnitOfWork[] units = [Bench.Paying(await Bench.LoadAsync(trade), key), Bench.Paying(await Bench.LoadAsync(trade), key)];

            var results = await Task.WhenAll(Workbench.CommitAsync(here, units[0]), Workbench.CommitAsync(there, units[1]));

            Assert.Single(results, result => result[0] is CommitResult.Committed);
            Assert.Single(results, result => result[0] is CommitResult.KeyTaken or CommitResult.VersionConflict);
            Assert.Equal(2, (await Bench.LoadAsync(trade)).Payments.Count);

            // Whoever lost has not given back what the winner was granted.
            Assert.Equal(
                CommitResult.KeyTaken.Instance,
                (await Workbench.CommitAsync(there, Bench.Paying(await Bench.LoadAsync(trade), key)))[0]);
        }
    }
}
