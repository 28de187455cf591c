using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Scoring;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing.Book;

/// <summary>What the book says, made into what decides; and what would not hold together, refused before it is in force.</summary>
[Trait("Rule", "C17")]
public sealed class BookTests
{
    private static readonly RoutingItem Night = RoutingItem.Script("night");
    private static readonly RoutingItem Reroute = RoutingItem.Script("reroute");

    private readonly BookCompiler _compiler = new(Scene.Calendar, UnheardFailures.Instance);
    private readonly BookCheck _check = new(Scene.Calendar, Shelf.Directory);

    [Fact]
    [Trait("Rule", "C1")]
    public void without_a_setup_the_channels_decide_as_they_are_configured_C1()
    {
        var routing = Compile(new Shelf());

        Assert.Equal(0, routing.Table.Version);
        Assert.Equal(["A", "B"], routing.Table.ClassOf(Scene.Facts()).Select(channel => channel.Code));
        Assert.Empty(routing.Faults);
        var more = _compiler.Compile(routing, RoutingHeads.Empty, Shelf.Of("A", "B", "C"), Scene.Noon);
        Assert.Equal(["A", "B", "C"], more.Table.ClassOf(Scene.Facts()).Select(channel => channel.Code));
    }

    [Fact]
    public void a_setup_and_its_scripts_are_compiled_together_and_only_when_something_changes_C17()
    {
        var shelf = new Shelf()
            .Activate(Night, 1, "ret 50").Activate(Night, 2, "ret 60").Activate(Night, 3, "ret 70", share: 20)
            .Activate(RoutingItem.Setup, 4, Shelf.Setup("night")).Activate(Reroute, 1, "ret false");
        var routing = Compile(shelf);

        var script = routing.Scripts["night"];
        Assert.Equal((2, 1, 3, 20), (script.Active.Version, script.LastGood!.Version, script.OnTrial!.Version, script.TrialPercent));
        Assert.Equal((4, "A"), (routing.Table.Version, Assert.Single(routing.Table.Channels).Code));
        Assert.Equal(("reroute", 1, "ret false"), routing.Hooks.Select(hook => (hook.Hook, hook.Version, hook.Text)).Single());
        Assert.Same(routing.Table, Compile(shelf, routing).Table);
        Assert.NotSame(routing.Table, Compile(shelf.Activate(Night, 4, "ret 1"), routing).Table);
    }

    [Fact]
    public void a_setup_that_is_taken_out_of_force_decides_no_more_C17()
    {
        var shelf = new Shelf().Activate(RoutingItem.Setup, 1, Shelf.Setup("1"));
        var with = Compile(shelf);

        Assert.Equal((1, 0), (with.Table.Version, Compile(shelf.Activate(RoutingItem.Setup, 0, string.Empty), with).Table.Version));
    }

    [Fact]
    public void a_scheduled_version_decides_when_its_moment_has_come_C17()
    {
        var shelf = new Shelf().Activate(RoutingItem.Setup, 1, Shelf.Setup("1")).Activate(RoutingItem.Setup, 2, Shelf.Setup("2"), later: TimeSpan.FromHours(1));
        var before = Compile(shelf);
        var after = _compiler.Compile(before, shelf.Heads, Shelf.Directory, shelf.Now.AddHours(1));

        Assert.Equal((1, 2), (before.Table.Version, after.Table.Version));
        Assert.Equal(2, Assert.Single(before.InForce.Scheduled).Version);
        Assert.Empty(after.InForce.Scheduled);
        Assert.Equal([new(RoutingItem.Setup, 1), new(RoutingItem.Setup, 2)], RoutingHeads.NeededFrom(shelf.Now, shelf.Heads.Activations).OrderBy(it => it.Version));
    }

    [Fact]
    public void what_came_past_the_interface_with_errors_decides_nothing_and_what_was_good_goes_on_C17()
    {
        var shelf = new Shelf().Activate(Night, 1, "ret 50").Activate(RoutingItem.Setup, 1, Shelf.Setup("night"));
        var good = Compile(shelf);
        shelf.Activate(Night, 2, "ret tiem").Activate(RoutingItem.Setup, 2, Shelf.Setup("day"));

        var running = Compile(shelf, good);
        Assert.Same(good.Table, running.Table);
        Assert.Equal(1, running.Scripts["night"].Active.Version);
        Assert.Equal(
            [("night", 2), ("setup", 2)], running.Faults.Select(fault => (fault.Hook, fault.Version)));
        Assert.All(running.Faults, fault => Assert.Equal(ScriptFaultStage.Check, fault.Stage));

        // A node that starts now has no table from before: it takes the setup that was active before.
        Assert.Equal(1, Compile(shelf).Table.Version);
        Assert.Equal(0, Compile(new Shelf().Activate(RoutingItem.Setup, 1, "channels: 7")).Table.Version);
    }

    [Fact]
    public void a_setup_is_refused_whose_scripts_are_not_in_force_and_a_script_is_not_taken_from_a_setup_C17()
    {
        var shelf = new Shelf().Write(RoutingItem.Setup, 1, Shelf.Setup("night"));
        var missing = Assert.Single(_check.Of(shelf.Asked(RoutingItem.Setup, 1), shelf.Heads, shelf.Now));
        Assert.Equal(("channels[A].priority[base]", "there is no script 'night' in force", 6), (missing.Path, missing.Message, missing.Line));

        shelf.Activate(Night, 1, "ret 1").Activate(RoutingItem.Setup, 1, Shelf.Setup("night"));
        Assert.Equal(missing, Assert.Single(_check.Of(shelf.Asked(Night, 0), shelf.Heads, shelf.Now)));
        Assert.Empty(_check.Of(shelf.Asked(RoutingItem.Setup, 0), shelf.Heads, shelf.Now));
    }

    [Fact]
    public void what_would_break_a_setup_that_is_scheduled_is_refused_too_C17()
    {
        var shelf = new Shelf().Activate(Night, 1, "ret 1")
            .Activate(RoutingItem.Setup, 1, Shelf.Setup("night"), later: TimeSpan.FromHours(5));

        Assert.Single(_check.Of(shelf.Asked(Night, 0), shelf.Heads, shelf.Now));
        Assert.Single(_check.Of(shelf.Asked(Night, 0, later: TimeSpan.FromHours(9)), shelf.Heads, shelf.Now));
    }

    [Fact]
    public void all_errors_come_at_once_and_a_repair_is_never_refused_for_what_is_broken_beside_it_C17()
    {
        var shelf = new Shelf().Activate(Night, 1, "ret tiem").Activate(RoutingItem.Setup, 1, Shelf.Setup("day").Replace("code: A", "code: Z", StringComparison.Ordinal));
        shelf.Write(Night, 2, "if amount > 1\n  ret 1\nend\nret tiem + amont").Write(Night, 3, "ret 1");

        var worse = _check.Of(shelf.Asked(Night, 2), shelf.Heads, shelf.Now);
        Assert.Equal([(4, 5), (4, 12)], worse.Select(error => (error.Line!.Value, error.Column!.Value)));
        Assert.Contains("did you mean `amount`", worse[1].Message, StringComparison.Ordinal);
        Assert.Empty(_check.Of(shelf.Asked(Night, 3), shelf.Heads, shelf.Now));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void a_setup_that_names_an_unknown_channel_is_refused_with_its_line_C1()
    {
        var error = Assert.Single(_check.OfSetup(Shelf.Setup("1").Replace("A", "Z", StringComparison.Ordinal), new Dictionary<string, ScriptInForce>()));

        Assert.Equal(("channels[Z].code", "there is no channel of this code", 5), (error.Path, error.Message, error.Line));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void form_and_meaning_are_told_at_once_and_what_could_not_be_read_is_not_held_against_its_meaning_C1()
    {
        const string text = """
            classes:
              - mode: quick
                channels: [A, C]
            channels:
              - code: A
                priority: never_heard_of
                features: [{ element: colour, operator: above, values: [1] }]
                interfaces:
                  - code: pay
                  - code: other
                    operation: guess
              - priority: 1
              - code: B
                enabled: perhaps
                cost: []
            """;

        Assert.Equal(
            [
                "7 channels[A].features[0].operator",
                "9 channels[A].interfaces[pay].operation",
                "12 channels[1].code",
                "14 channels[B].enabled",
                "6 channels[A].priority[base]",
                "11 channels[A].interfaces[other].operation",
                "15 channels[B].cost",
                "3 classes[quick].channels",
            ],
            _check.OfSetup(text, new Dictionary<string, ScriptInForce>()).Select(error => $"{error.Line} {error.Path}"));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void a_class_does_not_name_a_channel_that_cannot_carry_it_C1()
    {
        var error = Assert.Single(_check.OfSetup(Shelf.Setup("1").Replace("quick", "wallet", StringComparison.Ordinal), new Dictionary<string, ScriptInForce>()));

        Assert.Equal(("classes[wallet].channels", "'A' does not carry wallet", 3), (error.Path, error.Message, error.Line));
    }

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData("channels: []", " classes: no class is for quick")]
    [InlineData("{}", " classes: no class is for quick")]
    [InlineData("classes:\n  - { mode: quick, card_kind: debit, channels: [A] }\nchannels: [{ code: A, interfaces: [{ code: p, operation: pay }] }]", "1 classes: every class for quick has a card kind")]
    [InlineData("classes:\n  - { mode: quick, channels: [] }\nchannels: []", "2 classes[quick].channels: none of these is switched on")]
    [InlineData("classes:\n  - { mode: quick, channels: [A] }\nchannels: [{ code: A, enabled: false, interfaces: [{ code: p, operation: pay }] }]", "2 classes[quick].channels: none of these is switched on")]
    [InlineData("classes:\n  - { mode: quick, channels: [A] }\nchannels: [{ code: A, interfaces: [{ code: p, operation: pay, enabled: false }] }]", "2 classes[quick].channels: none of these is switched on")]
    [InlineData("classes:\n  - { mode: quick, channels: [A] }\nchannels: [{ code: A, interfaces: [{ code: r, operation: refund }] }]", "2 classes[quick].channels: none of these is switched on")]
    [InlineData("classes:\n  - { mode: quick, channels: [A] }\nchannels: [{ code: A, interfaces: [{ code: p, operation: pay }] }]", null)]
    public void a_setup_that_leaves_payments_without_any_channel_is_warned_of_C1(string text, string? warning)
    {
        Assert.Empty(_check.OfSetup(text, new Dictionary<string, ScriptInForce>()));

        var told = _check.WarningsOfSetup(text).Select(found => $"{found.Line} {found.Path}: {found.Message}");
        Assert.Equal(warning is null ? 0 : 1, told.Count(found => found.StartsWith(warning!, StringComparison.Ordinal)));
        Assert.Equal(warning is null ? 0 : 1, told.Count());
    }

    private CompiledRouting Compile(Shelf shelf, CompiledRouting? before = null) => _compiler.Compile(before, shelf.Heads, Shelf.Directory, shelf.Now);
}
