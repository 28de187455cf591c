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

    [Fact]
    public void before_the_database_was_asked_nobody_knows_the_time() =>
        Assert.Throws<InvalidOperationException>(() => new DatabaseClock(TimeProvider.System).GetUtcNow());

    private sealed class WrongClock(TimeSpan off) : TimeProvider
    {
        public TimeSpan Off { get; set; } = off;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Off;
    }
}
