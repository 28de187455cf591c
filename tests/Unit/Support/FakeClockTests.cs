using Xunit;

namespace PaymentEngine.Tests.Unit.Support;

public sealed class FakeClockTests
{
    [Fact]
    public async Task Work_that_comes_late_has_all_the_time_that_is_allowed()
    {
        var clock = new FakeClock();
        var within = TimeSpan.FromMinutes(1);

        await clock.RunUntilDone(Late(), within);

        async Task Late()
        {
            await Task.Delay(within, clock);
            // As on a wire: by now the clock has run to the end of what was allowed at first.
            await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }
    }

    [Fact]
    public async Task Time_does_not_run_on_to_what_is_due_later_than_allowed()
    {
        var clock = new FakeClock();
        var later = Task.Delay(TimeSpan.FromMinutes(2), clock);
        var work = new TaskCompletionSource();

        var run = clock.RunUntilDone(work.Task, TimeSpan.FromMinutes(1));
        work.SetResult();
        await run;

        Assert.False(later.IsCompleted);
    }
}
