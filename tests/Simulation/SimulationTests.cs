using Xunit;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "O4")]
    [Trait("Rule", "O9")]
    [Trait("Rule", "A9")]
    [Trait("Rule", "O12")]
    [Trait("Rule", "C12")]
    [Trait("Rule", "C13")]
    [Trait("Rule", "C14")]
    [Trait("Rule", "C15")]
    public void whatever_goes_wrong_no_money_is_lost_and_none_moves_twice()
    {
        var result = Campaign.Run(first: 1, Seeds);

        output.WriteLine(result.Summary);
        Assert.True(
            result.Failures.Count == 0,
            result.Failures.Count == 0 ? "" : $"{result.Failures.Count} seeds failed. {Campaign.Tell(result.Failures[0].Seed)}");
    }

    [Fact]
    public void a_seed_plays_the_same_run_again()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            Assert.Equal(Campaign.Tell(seed), Campaign.Tell(seed));
        }
    }

    /// <summary>Or the copies of the store would be shallower than they claim.</summary>
    [Fact]
    public void orders_hold_nothing_but_values_and_text()
    {
        Type[] levels = [typeof(TradeOrder), typeof(PaymentOrder), typeof(PaymentInstruction), typeof(InstitutionOrder)];

        var others = levels.SelectMany(level => level.GetProperties())
            .Where(property => !property.PropertyType.IsValueType && property.PropertyType != typeof(string))
            .Select(property => property.PropertyType)
            .Distinct();

        // Immutable all the way down.
        Assert.Equal([typeof(RefundTerms), typeof(PaymentElements), typeof(Reroute)], others);
    }
}
