using PaymentEngine.Runtime.Notifications;
using Xunit;

namespace PaymentEngine.Tests.Unit.Notifications;

/// <summary>When a notification is tried again.</summary>
[Trait("Rule", "N3")]
public sealed class NotificationOptionsTests
{
    [Fact]
    public void eight_attempts_are_made_in_24_hours()
    {
        var options = new NotificationOptions();
        var waits = Enumerable.Range(1, 8).Select(options.RetryAfter).ToList();

        Assert.Equal(
            [15, 60, 300, 1_800, 7_200, 21_600, 54_000],
            waits.TakeWhile(wait => wait is not null).Select(wait => (int)wait!.Value.TotalSeconds));
        Assert.Null(waits[7]);
        Assert.InRange(waits.Sum(wait => wait?.TotalHours ?? 0), 23, 24);
    }

    [Fact]
    public void a_schedule_of_ones_own_replaces_the_usual_one()
    {
        var options = new NotificationOptions { Retries = [TimeSpan.FromSeconds(1)] };

        Assert.Equal((TimeSpan.FromSeconds(1), null), (options.RetryAfter(1)!.Value, options.RetryAfter(2)));
    }
}
