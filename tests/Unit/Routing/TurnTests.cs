using System.Globalization;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C5")]
public sealed class TurnTests
{
    [Fact]
    public void Of_250_transactions_at_100_100_50_go_exactly_100_100_and_50()
    {
        var router = Scene.Router(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));

        Assert.Equal(new() { ["A"] = 100, ["B"] = 100, ["C"] = 50 }, Share(router, 250));
    }

    [Theory]
    [InlineData("0.00000000000000000000000001", "100")]
    [InlineData("0.00000000000000000000000001", "0.00000000000000000000000001")]
    [InlineData("1000000000000", "0.0001")]
    public void The_lightest_takes_a_turn_now_and_then_and_stops_nobody(string light, string heavy)
    {
        var router = Scene.Router(
            Scene.Channel("A", weight: decimal.Parse(light, CultureInfo.InvariantCulture)), Scene.Channel("B", weight: decimal.Parse(heavy, CultureInfo.InvariantCulture)));

        Assert.Equal(1_000, Share(router, 1_000).Values.Sum());
    }

    [Fact]
    public void They_do_so_again_and_again()
    {
        var router = Scene.Router(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));

        for (var round = 0; round < 1_000; round++)
        {
            Assert.Equal(new() { ["A"] = 100, ["B"] = 100, ["C"] = 50 }, Share(router, 250));
        }
    }

    [Fact]
    public void At_no_moment_is_anyone_more_than_one_turn_from_his_share()
    {
        var router = Scene.Router(Scene.Channel("A", weight: 70), Scene.Channel("B", weight: 20), Scene.Channel("C", weight: 10));
        var counts = new Dictionary<string, int> { ["A"] = 0, ["B"] = 0, ["C"] = 0 };
        for (var i = 1; i <= 1_000; i++)
        {
            counts[router.Route().Channel!.Code]++;
            Assert.InRange(counts["A"] - i * 0.7, -1, 1);
            Assert.InRange(counts["B"] - i * 0.2, -1, 1);
            Assert.InRange(counts["C"] - i * 0.1, -1, 1);
        }
    }

    [Fact]
    public void A_channel_that_comes_back_gets_its_share_and_no_more()
    {
        var router = Scene.Router(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));
        Share(router, 250);
        var without = new Conditions { Failed = { ("card-1", "C") } };

        Assert.Equal(new() { ["A"] = 100, ["B"] = 100 }, Share(router, 200, without));
        Assert.Equal(new() { ["A"] = 100, ["B"] = 100, ["C"] = 50 }, Share(router, 250));
    }

    [Fact]
    public void A_choice_of_which_nothing_comes_gives_its_turn_back()
    {
        var router = Scene.Router(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));
        var counts = new Dictionary<string, int>();
        var random = new Random(1);
        while (counts.Values.Sum() < 250)
        {
            var decision = router.Route();
            if (random.Next(3) == 0)
            {
                decision.GiveBack();
            }
            else
            {
                counts[decision.Channel!.Code] = counts.GetValueOrDefault(decision.Channel.Code) + 1;
            }
        }

        Assert.Equal(new() { ["A"] = 100, ["B"] = 100, ["C"] = 50 }, counts);
    }

    [Fact]
    public void Many_threads_share_the_turns_exactly()
    {
        var router = Scene.Router(Scene.Channel("A"), Scene.Channel("B"), Scene.Channel("C", weight: 50));
        var counts = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();

        Parallel.For(0, 25_000, _ => counts.AddOrUpdate(router.Route().Channel!.Code, 1, (_, count) => count + 1));

        Assert.Equal((10_000, 10_000, 5_000), (counts["A"], counts["B"], counts["C"]));
    }

    [Fact]
    public void A_new_channel_can_start_at_one_percent()
    {
        var router = Scene.Router(Scene.Channel("OLD", weight: 99), Scene.Channel("NEW", weight: 1));

        Assert.Equal(new() { ["OLD"] = 990, ["NEW"] = 10 }, Share(router, 1_000));
    }

    [Fact]
    public void The_channel_is_chosen_first_then_its_interface()
    {
        var two = Scene.Channel("A") with { Interfaces = [Scene.Interface("a1"), Scene.Interface("a2")] };
        var router = Scene.Router(two, Scene.Channel("B"));
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 200; i++)
        {
            var decision = router.Route();
            var name = decision.Channel!.Code + "/" + decision.Interface!.Code;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(new() { ["A/a1"] = 50, ["A/a2"] = 50, ["B/pay"] = 100 }, counts);
    }

    private static Dictionary<string, int> Share(Router router, int transactions, Conditions? conditions = null)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < transactions; i++)
        {
            var code = router.Route(conditions: conditions).Channel!.Code;
            counts[code] = counts.GetValueOrDefault(code) + 1;
        }

        return counts;
    }
}
