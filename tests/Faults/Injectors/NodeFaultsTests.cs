using System.Globalization;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Faults.Injectors;

public sealed class NodeFaultsTests
{
    private const int Seed = 1;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task The_wall_clock_of_a_running_node_is_set_wrong_and_right_again()
    {
        await using var world = await World.CreateAsync();
        var clock = await WallClock.GiveAsync(world.Settings);
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var http = new HttpClient { BaseAddress = engine.Address };

        await ComesToAsync(TimeSpan.FromHours(-7));
        await ComesToAsync(TimeSpan.FromHours(30));
        await ComesToAsync(TimeSpan.Zero);

        async Task ComesToAsync(TimeSpan offset)
        {
            clock.Offset = offset;
            // The web server says what time it takes it to be, to the second, and makes up its mind once in each.
            await Eventually.BecomesTrueAsync(
                async () => (await ClockOfAsync(http) - DateTimeOffset.UtcNow - offset).Duration() < TimeSpan.FromSeconds(10),
                $"the wall clock of the node is {offset} off");
        }
    }

    [Fact]
    public async Task Every_fault_of_a_node_is_healed()
    {
        await using var world = await World.CreateAsync();
        var clock = await WallClock.GiveAsync(world.Settings);
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var http = new HttpClient { BaseAddress = engine.Address };
        foreach (var fault in NodeFaults.Of("the node", () => engine, clock, new Random(Seed)))
        {
            await fault.InflictAsync();
            var answer = http.GetAsync("/health/live");
            if (fault.Name.Contains("frozen", StringComparison.Ordinal))
            {
                // The only way to see that nothing comes is to give it the time to.
                await Task.Delay(Moment);
                Assert.False(answer.IsCompleted);
            }

            await fault.HealAsync();
            using var live = await answer;
            Assert.True(live.IsSuccessStatusCode);
        }
    }

    private static async Task<DateTimeOffset> ClockOfAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/live");
        return DateTimeOffset.Parse(answer.Headers.GetValues("Date").Single(), CultureInfo.InvariantCulture);
    }
}
