using PaymentEngine.Core.Channels;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Tests.Unit.Support;
using Xunit;

namespace PaymentEngine.Tests.Unit.Lines;

public sealed class LineTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    [Trait("Rule", "C7")]
    public async Task no_more_calls_are_out_than_the_line_takes_C7()
    {
        using var line = LineOf(parallel: 2);
        var first = await line.ForOrderAsync(Soon);
        var second = await line.ForOrderAsync(Soon);
        var third = line.ForOrderAsync(Soon).AsTask();

        Assert.False(third.IsCompleted);
        first!.Dispose();

        Assert.NotNull(await third);
        Assert.NotNull(second);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task who_waits_for_a_place_until_the_time_to_send_is_over_gets_none_C7()
    {
        using var line = LineOf(parallel: 1);
        using var only = await line.ForOrderAsync(Soon);
        var late = line.ForOrderAsync(Soon).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await late);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task no_more_orders_are_claimed_than_the_line_takes_up_soon_C7()
    {
        using var line = LineOf(parallel: 2);
        using var first = await line.ForOrderAsync(Soon);
        using var second = await line.ForOrderAsync(Soon);

        // Two calls are out. Behind them there is room for two: one that waits already, and one that is being claimed.
        var waiting = line.ForOrderAsync(Soon).AsTask();
        var room = line.TryQueue();
        Assert.NotNull(room);
        Assert.Null(line.TryQueue());

        room.Dispose();
        Assert.NotNull(line.TryQueue());
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task questions_have_a_share_of_their_own_C7()
    {
        using var line = LineOf(parallel: 100, questions: 1);
        using var asked = await line.ForQuestionAsync(TimeSpan.FromMilliseconds(500));

        Assert.Null(await line.ForQuestionAsync(TimeSpan.FromMilliseconds(500)));
        Assert.NotNull(await line.ForOrderAsync(Soon));
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void questions_take_a_quarter_of_the_places_and_keep_their_rate_C7()
    {
        using var narrow = LineOf(parallel: 12, questions: 1_000);
        using var slow = LineOf(parallel: 1_000, questions: 2);

        Assert.Equal(3, narrow.RoomForQuestions(TimeSpan.FromMilliseconds(200), most: 100));
        Assert.Equal(2, narrow.RoomForQuestions(TimeSpan.FromMilliseconds(200), most: 2));
        using (narrow.TakeUpQuestion())
        {
            Assert.Equal(2, narrow.RoomForQuestions(TimeSpan.FromMilliseconds(200), most: 100));
        }

        Assert.Equal(3, narrow.RoomForQuestions(TimeSpan.FromMilliseconds(200), most: 100));
        Assert.Equal(2, slow.RoomForQuestions(TimeSpan.FromMilliseconds(200), most: 100));
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void questions_that_are_put_off_get_moments_of_their_own_C7()
    {
        using var line = LineOf(parallel: 1, questions: 2);

        var moments = Enumerable.Range(0, 6).Select(_ => line.PutOff(TimeSpan.FromSeconds(1)) - _clock.GetUtcNow()).ToList();

        Assert.Equal([1, 1, 1.5, 2, 2.5, 3], moments.Select(moment => moment.TotalSeconds));
    }

    private DateTimeOffset Soon => _clock.GetUtcNow().AddSeconds(10);

    private Line LineOf(int parallel, int questions = 10) =>
        new(new ChannelConnection(1, "acme", null, default, parallel, RequestsPerSecond: 1_000, questions), _clock);
}
