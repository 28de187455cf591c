using PaymentEngine.Store.Clock;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Clock;

public sealed class DatabaseClockTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    [Theory]
    [InlineData(-5)]
    [InlineData(+5)]
    [Trait("Rule", "M1")]
    public async Task a_machine_whose_clock_is_hours_off_tells_the_time_of_the_database_M1(int hoursOff)
    {
        var clock = new DatabaseClock(new WrongClock(TimeSpan.FromHours(hoursOff)));
        await clock.SynchroniseAsync(Database.Sql, CancellationToken.None);

        var theirs = await Database.ScalarAsync<DateTime>("select clock_timestamp()");

        Assert.InRange((clock.GetUtcNow().UtcDateTime - theirs).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task a_clock_that_jumps_moves_nothing_M1()
    {
        var machine = new WrongClock(TimeSpan.Zero);
        var clock = new DatabaseClock(machine);
        await clock.SynchroniseAsync(Database.Sql, CancellationToken.None);
        var before = clock.GetUtcNow();

        machine.Off = TimeSpan.FromHours(3);

        Assert.InRange(clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    /// <summary>Seconds after a first, quick reading; milliseconds that a later one took, by which the database is ahead then, and which are told.</summary>
    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(61, 200, 0, 0)]
    [InlineData(61, 20, 10, 10)]
    [InlineData(600, 200, 50, 50)]
    [InlineData(5, 200, 50, 0)]
    [InlineData(5, 200, 500, 500)]
    [InlineData(5, 4, -500, -500)]
    [InlineData(5, 4, 7_200_000, 7_200_000)]
    [Trait("Rule", "M1")]
    public void a_slow_answer_is_no_reason_to_doubt_a_quick_one_and_a_database_whose_clock_was_set_is_followed_M1(
        int seconds, int tookMs, int aheadMs, int toldMs)
    {
        var machine = new Watch();
        var clock = new DatabaseClock(machine);
        clock.Learn(asked: 0, DateTimeOffset.UnixEpoch, answered: 0);
        var (asked, answered) = (seconds * Watch.Second, seconds * Watch.Second + tookMs * Watch.Second / 1000);

        // Read when the question came, and on its way back for all the time that it took.
        var theirs = DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMilliseconds(aheadMs);
        clock.Learn(asked, theirs, answered);

        machine.Now = answered;
        var off = clock.GetUtcNow() - DateTimeOffset.UnixEpoch.AddMilliseconds(toldMs).AddTicks(answered);
        Assert.InRange(off, TimeSpan.FromMilliseconds(-tookMs / 2.0), TimeSpan.Zero);
        Assert.True(toldMs != 0 || off == TimeSpan.Zero);
    }

    [Fact]
    public void before_the_database_was_asked_nobody_knows_the_time() =>
        Assert.Throws<InvalidOperationException>(() => new DatabaseClock(TimeProvider.System).GetUtcNow());

    /// <summary>Counts ticks from zero, as it is told to.</summary>
    private sealed class Watch : TimeProvider
    {
        public const long Second = TimeSpan.TicksPerSecond;

        public long Now { get; set; }

        public override long TimestampFrequency => Second;

        public override long GetTimestamp() => Now;
    }

    private sealed class WrongClock(TimeSpan off) : TimeProvider
    {
        public TimeSpan Off { get; set; } = off;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Off;
    }
}
