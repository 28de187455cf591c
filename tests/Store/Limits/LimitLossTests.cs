using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Faults;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;
using static PaymentEngine.Tests.Store.Limits.LimitHand;

namespace PaymentEngine.Tests.Store.Limits;

/// <summary>The wire to the database breaks while limits are counted: what is counted is what has committed.</summary>
[Trait("Rule", "C4")]
public sealed class LimitLossTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    /// <summary>Every message of both directions, also those of the transaction that locks whole counters.</summary>
    [Theory]
    [InlineData(Side.Client)]
    [InlineData(Side.Server)]
    public async Task wherever_the_wire_breaks_nothing_is_counted_twice_or_lost_C4(Side broken)
    {
        await using var proxy = new PostgresProxy(Database.ConnectionString);
        await using var bench = await Workbench.OpenAsync(Database, proxy.ConnectionString);
        for (var (message, wasCut) = (1, true); wasCut; message++)
        {
            await bench.ReadyAsync();
            var limit = OfChannel($"lost-{broken}-{message}", count: 2);

            // The first of a counter is always counted with all portions locked; the neighbour commits before that.
            UnitOfWork[] units = [bench.Opening(), bench.Taking(5_000, limit), bench.Taking(700, limit), bench.Taking(90, limit)];
            var countdown = message;
            proxy.CutsBefore = (side, _, _) => side == broken && Interlocked.Decrement(ref countdown) == 0;
            var committer = bench.Committer();

            var results = await Workbench.CommitAsync(committer, units);

            wasCut = countdown <= 0;
            proxy.CutsBefore = (_, _, _) => false;
            var told = units[1..].Zip(results[1..]).ToList();
            Assert.All(told, it => Assert.True(it.Second is CommitResult.Committed or CommitResult.Unavailable or CommitResult.LimitReached));
            var done = told.Where(it => it.Second is CommitResult.Committed).ToList();
            var used = (done.Sum(it => it.First.Family.Trade.Amount.Minor), (long)done.Count);
            Assert.Equal(used, await Database.UsedAsync(limit));
            Assert.True(done.Count == 2 || !results.Any(result => result is CommitResult.LimitReached), "refused although it fits");
        }
    }
}
