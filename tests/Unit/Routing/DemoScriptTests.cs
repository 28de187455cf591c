using PaymentEngine.Routing.Scoring;
using PaymentEngine.Scripting;
using PaymentEngine.Store.Seeds;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

public sealed class DemoScriptTests
{
    public static TheoryData<string> Names => [.. DemoRouting.Scripts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_of_the_demonstration_can_go_live_and_allocates_nothing(string name)
    {
        var script = RuleScript.Compile(DemoRouting.Scripts[name], ScoreModel.Schema);

        Assert.Empty(script.Warnings);
        Assert.True(script.IsPlanned);
    }

    [Fact]
    public void The_setup_names_every_script_of_the_demonstration() =>
        Assert.All(DemoRouting.Scripts.Keys, name => Assert.Contains(name, DemoRouting.Setup, StringComparison.Ordinal));
}
