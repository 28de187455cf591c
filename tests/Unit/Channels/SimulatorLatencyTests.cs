using PaymentEngine.Channels.Simulator;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

public sealed class SimulatorLatencyTests
{
    private static readonly SimulatorOptions Calm = new();

    private static IEnumerable<string> Numbers => Enumerable.Range(1, 10_000).Select(number => $"07202611{number:D10}");

    [Fact]
    public void The_same_seed_and_number_always_take_the_same_time() =>
        Assert.Equal(
            Numbers.Select(number => BankLatency.Of(number, Calm)),
            Numbers.Select(number => BankLatency.Of(number, new SimulatorOptions { Seed = Calm.Seed })));

    [Fact]
    public void Another_seed_takes_other_times()
    {
        var other = new SimulatorOptions { Seed = 2 };
        var same = Numbers.Count(number => BankLatency.Of(number, Calm) == BankLatency.Of(number, other));
        Assert.InRange(same, 0, 500);
    }

    [Fact]
    public void Times_spread_over_the_whole_range_and_execution_lies_within()
    {
        var latencies = Numbers.Select(number => BankLatency.Of(number, Calm)).ToList();

        Assert.Equal((Calm.MinLatencyMs, Calm.MaxLatencyMs), (latencies.Min(l => l.TotalMs), latencies.Max(l => l.TotalMs)));
        Assert.InRange(latencies.Average(l => l.TotalMs), 120, 130);
        Assert.All(latencies, l => Assert.InRange(l.BeforeMs, l.TotalMs / 5, l.TotalMs * 4 / 5));
    }

    [Fact]
    public async Task The_journal_shows_the_time_that_the_institution_took()
    {
        using var house = new SimulatorHouse(50, 200);
        var expected = BankLatency.Of("1", house.Options);

        await house.Pay(SimulatorHouse.Order("1"));

        var at = house.Journal.Of("1").ToDictionary(entry => entry.Event, entry => entry.At);
        var executed = (at[JournalEvent.Executed] - at[JournalEvent.Received]).TotalMilliseconds;
        var answered = (at[JournalEvent.Answered] - at[JournalEvent.Received]).TotalMilliseconds;
        Assert.InRange(executed, expected.BeforeMs, expected.BeforeMs + Agenda<BankStep>.StepMs);
        Assert.InRange(answered, expected.TotalMs, expected.TotalMs + Agenda<BankStep>.StepMs);
    }

    [Theory]
    [InlineData("", "6c62272e07bb014262b821756295c58d")]
    [InlineData("a", "d228cb696f1a8caf78912b704e4a8964")]
    [InlineData("foobar", "343e1662793c64bf6f0d3597ba446f18")]
    public void A_fingerprint_is_the_published_one_so_that_it_is_the_same_in_every_process(string text, string expected) =>
        Assert.Equal(expected, Fingerprint.Of(text).ToString("x32"));
}
