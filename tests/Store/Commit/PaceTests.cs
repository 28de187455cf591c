using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

public sealed class PaceTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private const int Units = 20;

    [Fact]
    public async Task units_that_come_one_after_the_other_share_a_transaction()
    {
        await using var committer = Bench.GroupCommitter(new CommitterOptions { Lanes = 1, Pace = TimeSpan.FromSeconds(1) });
        Assert.IsType<CommitResult.Committed>(await committer.CommitAsync(Bench.Opening()));
        var before = Bench.Transactions;

        // Far enough apart that each would have had a transaction of its own.
        var underWay = new List<Task<CommitResult>>();
        for (var i = 0; i < Units; i++)
        {
            underWay.Add(committer.CommitAsync(Bench.Opening()).AsTask());
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        Assert.All(await Task.WhenAll(underWay), result => Assert.IsType<CommitResult.Committed>(result));
        Assert.InRange(Bench.Transactions - before, 1, Units / 2);
    }
}
