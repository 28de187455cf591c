using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Text;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing.Text;

/// <summary>The text form of a setup: what is written is read again as the same, in YAML and in JSON.</summary>
[Trait("Rule", "C1")]
public sealed class RoutingTextTests
{
    private const string Example =
        """
        # What people write.
        classes:
          - mode: quick
            card_kind: debit
            channels: [CMB, PSBC]
        channels:
          - code: CMB
            priority: night
            weight:
              - { category: base, value: 50 }
              - { category: cost, script: cheap }
            features:
              - { element: amount, operator: between, values: [0.01, 5000] }
              - { element: target_inst, operator: in, values: [CMB, "0102"] }
            windows:
              - { from: "23:50", to: "00:20", days: [sunday], reason: 日切 }
              - { begins: 2026-12-01T00:00:00+08:00, ends: 2026-12-01T04:30+08:00, institution: CMB }
            cost:
              - { percent: 0.2, minimum: 0.1 }
              - { from_volume: 1000000, fixed: 0.3, percent: 0 }
            maximum_backlog: 200
            card_memory: 1h30m
            interfaces:
              - code: pay
                operation: pay
                limits:
                  - { name: day, currency: CNY, period: day, per: card, amount: 50000, count: 20 }
                attributes:
                  may_split: true
          - code: PSBC
            enabled: false
        """;

    [Fact]
    public void what_people_write_is_read_as_they_mean_it_C1()
    {
        var setup = RoutingText.Read(Example).Setup;

        Assert.Equal(("quick", "debit", null), (setup.Classes[0].Mode, setup.Classes[0].CardKind, setup.Classes[0].Terminal));
        var channel = setup.Channels[0];
        Assert.Equal([new Score { Category = "base", Script = "night" }], channel.Priority);
        Assert.Equal([new Score { Category = "base", Value = 50 }, new Score { Category = "cost", Script = "cheap" }], channel.Weight);
        Assert.Equal(["CMB", "0102"], channel.Features[1].Values);
        Assert.Equal((new TimeOnly(23, 50), new TimeOnly(0, 20), DayOfWeek.Sunday), (channel.Windows[0].From, channel.Windows[0].To, channel.Windows[0].Days[0]));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 4, 30, 0, TimeSpan.FromHours(8)), channel.Windows[1].Ends);
        Assert.Equal((1_000_000m, 0.3m, 0m), (channel.Cost!.Tiers[1].FromVolume, channel.Cost.Tiers[1].Fixed, channel.Cost.Tiers[1].Percent));
        Assert.Equal((200, new TimeSpan(1, 30, 0)), (channel.MaximumBacklog, channel.CardMemory));
        var limit = channel.Interfaces[0].Limits[0];
        Assert.Equal((LimitPeriod.Day, LimitSubject.Card, 50_000m, 20L), (limit.Period, limit.Per, limit.Amount, limit.Count));
        Assert.Equal("true", channel.Interfaces[0].Attributes["may_split"]);
        Assert.Equal((false, Score.Usual, TimeSpan.FromMinutes(30)), (setup.Channels[1].Enabled, setup.Channels[1].Weight.Single(), setup.Channels[1].CardMemory));
    }

    [Fact]
    public void it_is_written_as_people_read_it_and_without_what_is_usual_C1() => Assert.Equal(
        """
        classes:
          - mode: quick
            card_kind: debit
            channels: [CMB, PSBC]
        channels:
          - code: CMB
            priority: night
            weight:
              - { category: base, value: 50 }
              - { category: cost, script: cheap }
            features:
              - { element: amount, operator: between, values: [0.01, 5000] }
              - { element: target_inst, operator: in, values: [CMB, "0102"] }
            windows:
              - { days: [sunday], from: "23:50", to: "00:20", reason: "日切" }
              - { begins: "2026-12-01T00:00:00+08:00", ends: "2026-12-01T04:30:00+08:00", institution: CMB }
            cost:
              - { percent: 0.2, minimum: 0.1 }
              - { from_volume: 1000000, fixed: 0.3, percent: 0 }
            maximum_backlog: 200
            card_memory: 1h30m
            interfaces:
              - code: pay
                operation: pay
                limits:
                  - { name: day, currency: CNY, period: day, per: card, amount: 50000, count: 20 }
                attributes:
                  may_split: "true"
          - code: PSBC
            enabled: false

        """,
        RoutingText.ToYaml(RoutingText.Read(Example).Setup));

    [Fact]
    public void what_is_written_is_read_again_as_the_same_in_both_forms_C1() => Prop.ForAll(SetupGenerators.Setups.ToArbitrary(), setup =>
    {
        foreach (var text in new[] { RoutingText.ToYaml(setup), RoutingText.ToJson(setup) })
        {
            var again = RoutingText.Read(text).Setup;
            Assert.Equal(Everything(setup), Everything(again));
            Assert.Equal(text, RoutingText.IsJson(text) ? RoutingText.ToJson(again) : RoutingText.ToYaml(again));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"channels\":[]}")]
    [InlineData("channels: []")]
    [InlineData("---\n# nothing\nclasses: []\n...\n")]
    public void a_setup_may_be_empty_C1(string text)
    {
        var setup = RoutingText.Read(text).Setup;

        Assert.Empty(setup.Channels);
        Assert.Empty(RoutingText.Read(RoutingText.ToYaml(setup)).Setup.Classes);
    }

    /// <summary>By another writer than ours; lists of values, moments with their offsets.</summary>
    private static string Everything(RoutingSetup setup) => JsonSerializer.Serialize(setup);
}
