using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C2")]
public sealed class ExplanationTests
{
    [Fact]
    public void Every_removal_is_found_again_among_many_channels_interfaces_and_rules()
    {
        var setup = Scene.Setup([.. Enumerable.Range(0, 300).Select(i => i % 3 == 0
            ? Scene.Channel($"C{i}") with { Features = Wanting(failing: i % 7) }
            : Scene.Channel($"C{i}") with
            {
                Interfaces = [Scene.Interface("a") with { Features = Wanting(failing: i % 5) }, Scene.Interface("b") with { Operation = "refund" }],
            })]);

        var removals = Explained(setup).Removals;

        Assert.Equal(
            Enumerable.Range(0, 300).SelectMany(i => i % 3 == 0
                ? [$"C{i}/: wants order_no = no-{i % 7}"]
                : new[] { $"C{i}/a: wants order_no = no-{i % 5}", $"C{i}/: has no interface left" }),
            removals.Select(removal => $"{removal.Channel}/{removal.Interface}: {removal.Words}"));
    }

    [Fact]
    public void Scores_are_kept_to_the_thousandth_and_names_in_any_script()
    {
        var setup = Scene.Setup(
            Scene.Channel("WHOLE", 1_000_000_000, 100), Scene.Channel("PART", 33.3335m, 0.001m),
            Scene.Channel("SCRIPT") with { Priority = [new Score { Category = "s", Script = "按时间" }] });

        var explained = Explained(setup, Scene.Script("按时间", "ret 12.5", version: 300));

        Assert.Equal(
            [new ExplainedCandidate("WHOLE", 1_000_000_000, 100, 0), new ExplainedCandidate("PART", 33.334m, 0.001m, 0), new ExplainedCandidate("SCRIPT", 12.5m, 100, 0)],
            explained.Candidates);
        Assert.Equal([new ExplainedScript("按时间", 300, Failed: false)], explained.Scripts);
        Assert.Equal(("WHOLE", "pay"), (explained.Channel, explained.Interface));
    }

    private static Explanation Explained(RoutingSetup setup, params ScriptInForce[] scripts) =>
        Explanation.Read(new Router(Scene.Table(setup, scripts)).Route().Explanation, setup);

    private static Feature[] Wanting(int failing) =>
    [
        .. Enumerable.Range(0, failing).Select(_ => new Feature { Element = "partner_id", Operator = FeatureOperator.Equals, Values = ["M1"] }),
        new Feature { Element = "order_no", Operator = FeatureOperator.Equals, Values = [$"no-{failing}"] },
    ];
}
