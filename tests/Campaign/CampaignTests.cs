using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Campaign.Run;
using Xunit;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Campaign;

/// <summary>A small campaign. ./test faults makes the large one.</summary>
[Trait("Category", "Slow")]
public sealed class CampaignTests(ITestOutputHelper output)
{
    /// <summary>As many runs as slices, so that every failpoint is met.</summary>
    private const int Runs = 4;

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "O4")]
    [Trait("Rule", "O13")]
    [Trait("Rule", "C12")]
    [Trait("Rule", "C15")]
    [Trait("Rule", "N1")]
    [Trait("Rule", "A7")]
    [Trait("Rule", "A10")]
    public async Task Whatever_is_killed_or_hurt_nothing_is_lost_and_nothing_happens_twice()
    {
        using var told = new StringWriter();
        var campaign = new Campaign(slices: Runs, told);

        await using var ground = new Ground();
        await campaign.RunAsync(ground, Planner.Draw(firstSeed: 1, Runs, slices: Runs));

        output.WriteLine(told.ToString());
        Assert.True(campaign.Failed == 0 && !campaign.Missed.Any(), told.ToString());
    }
}
