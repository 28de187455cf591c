using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Tests.Unit.Workflows;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>Which script decides, and what happens when it cannot.</summary>
[Trait("Rule", "C14")]
public sealed class RouteScriptsTests
{
    public static TheoryData<string> Hooks => [.. RouteHook.All.Select(hook => hook.Name)];

    [Theory]
    [MemberData(nameof(Hooks))]
    public void a_default_names_every_fact_that_it_sees_and_nothing_else_C14(string name)
    {
        var hook = RouteHook.All.Single(hook => hook.Name == name);
        var told = hook.DefaultText.Split('\n').Where(line => line.StartsWith("#   ", StringComparison.Ordinal))
            .Select(line => line[4..].Split(' ', 2)[0]);

        Assert.Equal(hook.Schema.Inputs.Select(input => input.Name), told);
        Assert.Empty(hook.ErrorsOf(hook.DefaultText));
    }

    [Fact]
    public void the_defaults_decide_without_allocating_C14()
    {
        var (facts, again) = (Failed(), Unknown());
        Assert.True(RouteHook.Reroute.Compile(RouteHook.Reroute.DefaultText).IsPlanned);
        Assert.True(RouteHook.Resend.Compile(RouteHook.Resend.DefaultText).IsPlanned);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(RouteScripts.Defaults.Reroute(facts).Yes && RouteScripts.Defaults.Resend(again).Yes);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var yes = RouteScripts.Defaults.Reroute(facts).Yes & RouteScripts.Defaults.Resend(again).Yes;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(yes);
    }

    [Theory]
    [InlineData("ret amount == 88 && currency == \"CNY\" && method == \"online_banking\" && channel == \"acme\"")]
    [InlineData("ret evidence == \"certain_failure\" && code == \"96\" && reroutes == 1 && sends == 1")]
    [InlineData("ret minutes_left == 12 && minutes_old == 2")]
    public void a_script_sees_the_facts_of_the_failed_leg_C14(string script)
    {
        var verdict = FakeWorld.Script("reroute", script).Reroute(Failed());
        Assert.Equal((true, "script reroute, version 3", null), (verdict.Yes, verdict.DecidedBy, verdict.Fault));
    }

    [Theory]
    [InlineData("ret amount == 88 && !is_refund && sends == 1 && queries == 0 && minutes_old == 2 && channel == \"acme\"")]
    public void a_script_sees_the_facts_of_the_order_that_is_not_known_C13(string script) =>
        Assert.True(FakeWorld.Script("resend", script).Resend(Unknown()) is { Yes: true, DecidedBy: "script resend, version 3" });

    [Theory]
    [InlineData("ret tiem", "does not exist")]
    [InlineData("ret 1", "must return true or false")]
    [InlineData("if sends > 1\nret true\nend", "Not every branch")]
    [InlineData("ret", "must return true or false")]
    public void a_script_with_errors_never_decides_C14(string script, string why)
    {
        var scripts = FakeWorld.Script("reroute", script);

        var fault = Assert.Single(scripts.Refused);
        Assert.Equal(("reroute", 3, ScriptFaultStage.Check), (fault.Hook, fault.Version, fault.Stage));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Equal(new HookVerdict(true, "script reroute, default"), scripts.Reroute(Failed()));
    }

    [Theory]
    [InlineData("ret amount / (reroutes - 1) > 1")]
    [InlineData("ret [true, 1][1]")]
    [InlineData("while true\nend\nret true")]
    public void a_script_that_fails_as_it_runs_leaves_it_to_the_default_C14(string script)
    {
        var scripts = FakeWorld.Script("reroute", script);
        Assert.Empty(scripts.Refused);

        var verdict = scripts.Reroute(Failed());
        Assert.Equal((true, "script reroute, default", ScriptFaultStage.Run), (verdict.Yes, verdict.DecidedBy, verdict.Fault?.Stage));
    }

    [Fact]
    public void taking_a_script_back_gives_the_decision_to_the_default_C14()
    {
        var no = FakeWorld.Script("reroute", "ret false");
        Assert.False(no.Reroute(Failed()).Yes);
        Assert.Same(no, no.With([new ScriptVersion("reroute", 3, "ret false")]));

        var back = no.With([]);
        Assert.Equal("script reroute, default", back.Reroute(Failed()).DecidedBy);
        Assert.Empty(back.Refused);
    }

    [Theory]
    [Trait("Rule", "C17")]
    [InlineData("ret tiem", ScriptFaultStage.Check)]
    [InlineData("ret amount / (reroutes - 1) > 1", ScriptFaultStage.Run)]
    public void when_a_version_cannot_decide_the_last_good_one_does_C17(string script, ScriptFaultStage stage)
    {
        var scripts = RouteScripts.Defaults.With([new ScriptVersion("reroute", 3, script, new ScriptVersion("reroute", 2, "ret false"))]);

        var verdict = scripts.Reroute(Failed());
        Assert.Equal((false, "script reroute, version 2"), (verdict.Yes, verdict.DecidedBy));
        var fault = stage == ScriptFaultStage.Check ? Assert.Single(scripts.Refused) : verdict.Fault;
        Assert.Equal(("reroute", 3, stage), (fault!.Hook, fault.Version, fault.Stage));
    }

    private static RerouteFacts Failed()
    {
        var world = new FakeWorld();
        var journey = Journey.Started(world);
        journey.Order.Code = "96";
        return new RerouteFacts(
            journey.Family, journey.Order, world.Channel, new(Core.Orders.EvidenceKind.CertainFailure, "said so"), Reroutes: 1,
            world.Context().Directory, journey.Now + TimeSpan.FromSeconds(150));
    }

    private static ResendFacts Unknown()
    {
        var world = new FakeWorld();
        var journey = Journey.Started(world);
        return new ResendFacts(journey.Family, journey.Order, world.Channel, world.Context().Directory, journey.Now + TimeSpan.FromSeconds(150));
    }
}
