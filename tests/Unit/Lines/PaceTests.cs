using PaymentEngine.Runtime.Lines;
using Xunit;

namespace PaymentEngine.Tests.Unit.Lines;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Rule", "C7")]
    public void a_quiet_line_takes_a_seconds_worth_at_once_and_then_keeps_the_rate_C7()
    {
        var pace = new Pace(perSecond: 10);

        var begins = Enumerable.Range(0, 30).Select(_ => pace.ReserveWhenever(Start) - Start).ToList();

        Assert.All(begins[..10], begin => Assert.Equal(TimeSpan.Zero, begin));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => TimeSpan.FromMilliseconds(100 * i)), begins[10..]);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void the_room_is_what_may_begin_in_time_C7()
    {
        var pace = new Pace(perSecond: 10);

        Assert.Equal(10, pace.Room(Start, Start));
        Assert.Equal(12, pace.Room(Start, Start.AddMilliseconds(200)));
        for (var i = 0; i < 12; i++)
        {
            Assert.NotNull(pace.Reserve(Start, Start.AddMilliseconds(200)));
        }

        Assert.Null(pace.Reserve(Start, Start.AddMilliseconds(200)));
        Assert.Equal(0, pace.Room(Start, Start.AddMilliseconds(200)));
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void in_no_second_begin_more_than_twice_the_rate_and_in_the_long_run_the_rate_C7()
    {
        var pace = new Pace(perSecond: 7);
        var random = new Random(1);
        var now = Start;
        var begins = new List<DateTimeOffset>();
        for (var i = 0; i < 2_000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 60));
            begins.Add(pace.ReserveWhenever(now));
        }

        Assert.True(begins.SequenceEqual(begins.Order()));
        Assert.All(begins, first => Assert.InRange(begins.Count(begin => begin >= first && begin < first.AddSeconds(1)), 1, 14));
        Assert.InRange(begins.Count / (begins[^1] - Start).TotalSeconds, 6.5, 7.1);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void who_finds_no_place_in_time_reserves_nothing_C7()
    {
        var pace = new Pace(perSecond: 1);
        Assert.Equal(Start, pace.Reserve(Start, Start));

        Assert.Null(pace.Reserve(Start, Start.AddMilliseconds(999)));
        Assert.Null(pace.Reserve(Start, Start.AddMilliseconds(999)));
        Assert.Equal(Start.AddSeconds(1), pace.Reserve(Start, Start.AddSeconds(1)));
    }
}
