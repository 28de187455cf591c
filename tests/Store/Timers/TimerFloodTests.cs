using System.Diagnostics;
using PaymentEngine.Store.Timers;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Store.Timers;

public sealed class TimerFloodTests(DatabaseFixture fixture, ITestOutputHelper output) : DatabaseTests(fixture)
{
    [Fact]
    [Trait("Rule", "M1")]
    public async Task a_hundred_thousand_timers_that_are_due_at_once_are_drained_M1()
    {
        const int Timers = 100_000;
        await Database.ExecuteAsync(
            $"insert into timer select n, 'Query', n, now() - interval '1 second', 0 from generate_series(1, {Timers}) n");
        var timers = new TimerStore(Database.Sql);
        var started = Stopwatch.GetTimestamp();

        var handled = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            var mine = 0;
            while (await timers.ClaimAsync(500, TimeSpan.FromMinutes(5), CancellationToken.None) is { Count: > 0 } due)
            {
                await timers.DiscardAsync(due, CancellationToken.None);
                mine += due.Count;
            }

            return mine;
        }));

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine($"{Timers:N0} timers claimed and handled in {seconds:N1} s: {Timers / seconds:N0} per second");
        Assert.Equal(Timers, handled.Sum());
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from timer"));
    }
}
