using PaymentEngine.Store.Commit;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

public sealed class ShortWaitTests
{
    [Fact]
    public async Task a_short_wait_is_not_kept_by_a_longer_one_that_began_before_it()
    {
        var longer = ShortWait.For(TimeSpan.FromDays(1));

        await ShortWait.For(TimeSpan.FromMilliseconds(1));

        Assert.False(longer.IsCompleted);
    }

    [Fact]
    public async Task everybody_who_waits_is_woken() =>
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => ShortWait.For(TimeSpan.FromMilliseconds(i % 7)))));
}
