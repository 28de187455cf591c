using System.Collections.Concurrent;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

/// <summary>The database ends the engine's sessions, or its statements, again and again while units flow.</summary>
[Trait("Rule", "M1")]
[Trait("Category", "Slow")]
public sealed class TerminatedBackendTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private const int Trades = 1_500;
    private const int AtOnce = 24;

    [Theory]
    [InlineData("pg_terminate_backend")]
    [InlineData("pg_cancel_backend")]
    public async Task every_unit_that_was_told_committed_exists_and_every_other_does_not_M1(string weapon)
    {
        var opened = new ConcurrentBag<(UnitOfWork Unit, CommitResult Result)>();
        var paid = new ConcurrentBag<(UnitOfWork Unit, CommitResult Result)>();
        using var answered = new SemaphoreSlim(0);
        await using (var committer = Bench.GroupCommitter(new CommitterOptions { Lanes = 2, MaximumBatch = 16 }))
        {
            using var enough = new CancellationTokenSource();
            var shooting = ShootAsync(weapon, answered, enough.Token);
            await Parallel.ForEachAsync(Enumerable.Range(0, Trades), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
            {
                await Bench.ReadyAsync();
                var opening = Bench.Opening();
                var result = await committer.CommitAsync(opening);
                opened.Add((opening, result));
                if (result is CommitResult.Committed)
                {
                    var succeeding = Bench.Succeeding(opening.Family);
                    paid.Add((succeeding, await committer.CommitAsync(succeeding)));
                }

                answered.Release();
            });
            await enough.CancelAsync();
            Assert.True(await shooting > 20, "hardly a shot was fired");
        }

        var states = (await Database.ReadAsync("select id, state from trade_order", row => (row.GetInt64(0), row.GetString(1)))).ToDictionary();
        Assert.All(opened, unit => Judge(unit.Result, states.ContainsKey(unit.Unit.Family.Trade.Id.Value)));
        Assert.All(paid, unit => Judge(unit.Result, states[unit.Unit.Family.Trade.Id.Value] == "Paid"));
        Assert.Contains(paid, unit => unit.Result is CommitResult.Committed);
    }

    private static void Judge(CommitResult result, bool isThere) => Assert.True(
        isThere ? result is CommitResult.Committed : result is CommitResult.Unavailable, $"told {result}, and it is {(isThere ? "there" : "not there")}");

    /// <summary>A shot after every few answers, at whoever is at work at that moment. Returns how many were hit.</summary>
    private async Task<long> ShootAsync(string weapon, SemaphoreSlim answered, CancellationToken enough)
    {
        var hits = 0L;
        for (var shot = 0; !enough.IsCancellationRequested; shot++)
        {
            for (var answers = 5 + (shot * 7 % 23); answers > 0 && !enough.IsCancellationRequested; answers--)
            {
                await answered.WaitAsync(enough).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            hits += await Database.ScalarAsync<long>(
                $"""
                select count(*) from (
                    select {weapon}(pid) from pg_stat_activity
                    where datname = current_database() and application_name = 'payment-engine' and state <> 'idle'
                    order by random() limit 1
                ) shot
                """);
        }

        return hits;
    }
}
