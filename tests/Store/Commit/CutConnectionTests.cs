using System.Text;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Faults;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

/// <summary>The wire to the database breaks at a chosen message of a batch. Whatever a unit is told then is the truth.</summary>
[Trait("Rule", "M1")]
public sealed class CutConnectionTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    [Fact]
    public async Task a_commit_whose_answer_was_lost_is_looked_up_and_announced_M1()
    {
        await using var proxy = new PostgresProxy(Database.ConnectionString);
        await using var bench = await Workbench.OpenAsync(Database, proxy.ConnectionString);
        var paid = await bench.OpenedAsync(bench.Committer());
        UnitOfWork[] units = [bench.Opening(), bench.Succeeding(paid), bench.Opening()];
        var cuts = 0;
        proxy.CutsBefore = (side, type, body) => side == Side.Server && type == 'C' && IsTag(body, "COMMIT") && Interlocked.Increment(ref cuts) == 1;

        var results = await Workbench.CommitAsync(bench.Committer(), units);

        Assert.True(cuts >= 1, "the wire was never cut");
        Assert.All(results, result => Assert.Equal(CommitResult.Committed.Instance, result));
        Assert.Equal(["Paying", "Paid", "Paying"], await StatesAsync(units));
    }

    [Fact]
    public async Task a_commit_that_never_reached_the_database_is_unavailable_and_the_keys_stay_free_M1()
    {
        await using var proxy = new PostgresProxy(Database.ConnectionString);
        await using var bench = await Workbench.OpenAsync(Database, proxy.ConnectionString);
        var first = bench.Opening();
        var (isInTransaction, cuts) = (false, 0);
        proxy.CutsBefore = (side, type, body) =>
        {
            isInTransaction |= side == Side.Server && type == 'Z' && body.Span[0] == (byte)'T';

            // The client's next word after the first trip begins the second.
            return side == Side.Client && isInTransaction && Interlocked.Increment(ref cuts) == 1;
        };

        var result = (await Workbench.CommitAsync(bench.Committer(), first))[0];

        Assert.IsType<CommitResult.Unavailable>(result);
        await Workbench.CommittedAsync(bench.Committer(), bench.Opening(first.Family.Trade.MerchantOrderNo, first.Claim!.Key));
    }

    /// <summary>Every message of both directions, from the connection's first word to the commit's answer.</summary>
    [Theory]
    [InlineData(Side.Client)]
    [InlineData(Side.Server)]
    public async Task wherever_the_wire_breaks_the_answer_is_the_truth_M1(Side broken)
    {
        await using var proxy = new PostgresProxy(Database.ConnectionString);
        await using var bench = await Workbench.OpenAsync(Database, proxy.ConnectionString);
        var setUp = bench.Committer();
        var told = new HashSet<Type>();
        for (var (message, wasCut) = (1, true); wasCut; message++)
        {
            var paid = await bench.OpenedAsync(setUp);
            UnitOfWork[] units = [bench.Opening(), bench.Succeeding(paid)];
            var countdown = message;
            proxy.CutsBefore = (side, _, _) => side == broken && Interlocked.Decrement(ref countdown) == 0;
            await using var committer = new UnitCommitter(bench.Commits, 0, new CommitMetrics(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

            var results = await Workbench.CommitAsync(committer, units);

            wasCut = countdown <= 0;
            proxy.CutsBefore = (_, _, _) => false;
            var states = await StatesAsync(units);
            for (var i = 0; i < units.Length; i++)
            {
                told.Add(results[i].GetType());
                var isThere = states[i] == (i == 0 ? "Paying" : "Paid");
                Assert.True(
                    isThere ? results[i] is CommitResult.Committed : results[i] is CommitResult.Unavailable,
                    $"cut before message {message} of the {broken}: unit {i} is {states[i]} and was told {results[i]}");
            }
        }

        Assert.Equal(2, told.Count);
    }

    private static bool IsTag(ReadOnlyMemory<byte> body, string tag) => Encoding.ASCII.GetString(body.Span).TrimEnd('\0') == tag;

    /// <summary>What another client of the database sees.</summary>
    private async Task<string[]> StatesAsync(UnitOfWork[] units)
    {
        var states = new List<string>();
        foreach (var unit in units)
        {
            states.Add(await Database.ScalarAsync<string>("select state from trade_order where id = $1", unit.Family.Trade.Id.Value) ?? "absent");
        }

        return [.. states];
    }
}
