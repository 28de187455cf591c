using PaymentEngine.Routing.Book;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing.Book;

/// <summary>
/// A life is written as it happened, a word per minute: <c>5</c> a version is asked for and approved, <c>5?</c> asked for
/// only, <c>5x</c> withdrawn, <c>5%20</c> a trial, <c>5@9</c> scheduled for minute 9, <c>&lt;5</c> rolled back to.
/// </summary>
[Trait("Rule", "C17")]
public sealed class RoutingInForceTests
{
    private static readonly RoutingItem Script = RoutingItem.Script("night");
    private static readonly DateTimeOffset Start = Scene.Noon;

    [Theory]
    [InlineData("", "none")]
    [InlineData("5?", "none")]
    [InlineData("5x", "none")]
    [InlineData("5", "5")]
    [InlineData("5 6", "6, good 5")]
    [InlineData("5 5", "5")]
    [InlineData("5 6 7", "7, good 6")]
    [InlineData("5 6 6", "6, good 5")]
    [InlineData("5 0", "none, good 5")]
    [InlineData("5 6 5", "5, good 6")]
    [InlineData("5 6 <5", "5")]
    [InlineData("4 5 6 <5", "5, good 4")]
    [InlineData("4 5 6 <4", "4")]
    [InlineData("5 6 <5 <6", "6, good 5")]
    [InlineData("5 6 <0", "none")]
    [InlineData("5 6%20", "5, trial 6 at 20 %")]
    [InlineData("4 5 6%1", "5, good 4, trial 6 at 1 %")]
    [InlineData("5 6%20 7%30", "5, trial 7 at 30 %")]
    [InlineData("5 6%20 6", "6, good 5")]
    [InlineData("5 6%20 <5", "5")]
    [InlineData("5 6%20?", "5")]
    [InlineData("5 5%20", "5")]
    [InlineData("5 6@90", "5, next 6")]
    [InlineData("5 6@90x", "5")]
    [InlineData("5 6@90?", "5")]
    [InlineData("5 6@3 7", "7, good 6")]
    [InlineData("5 6@3", "6, good 5")]
    [InlineData("5 7@4 6", "7, good 6")]
    public void what_is_in_force_follows_from_the_activations_C17(string life, string standing) =>
        Assert.Equal(standing, Describe(RoutingInForce.At(Start.AddMinutes(10), Live(life)).Of(Script), RoutingInForce.At(Start.AddMinutes(10), Live(life))));

    [Fact]
    public void the_past_stays_what_it_was_whatever_comes_later_C17()
    {
        var life = Live("4 5 6%20 7@8 <5 8x 9?");
        for (var minute = 0; minute < 12; minute++)
        {
            var until = Start.AddMinutes(minute).AddSeconds(30);
            var known = life.Where(it => it.RequestedAt <= until)
                .Select(it => it.Withdrawal?.At > until ? it with { Withdrawal = null } : it)
                .ToList();
            Assert.Equal(RoutingInForce.At(until, known).Of(Script), RoutingInForce.At(until, life).Of(Script));
        }
    }

    [Fact]
    public void an_approval_that_comes_late_counts_from_when_it_came_C17()
    {
        var asked = Activation(1, 5, Start) with { Approval = new RoutingVerdict("wu", Start.AddMinutes(5)) };

        Assert.Equal(0, RoutingInForce.At(Start.AddMinutes(4), [asked]).Of(Script).Active);
        Assert.Equal(5, RoutingInForce.At(Start.AddMinutes(5), [asked]).Of(Script).Active);
    }

    [Fact]
    public void the_setup_and_every_script_stand_by_themselves_C17()
    {
        var other = RoutingItem.Script("day");
        var inForce = RoutingInForce.At(Start.AddMinutes(10), [
            .. Live("5 6"),
            Activation(11, 3, Start) with { Item = RoutingItem.Setup, Approval = new RoutingVerdict("wu", Start) },
            Activation(12, 1, Start) with { Item = other, Approval = new RoutingVerdict("wu", Start) }]);

        Assert.Equal((3, 6, 1), (inForce.Setup.Active, inForce.Of(Script).Active, inForce.Of(other).Active));
        Assert.Equal(RoutingStanding.None(RoutingItem.Script("none")), inForce.Of(RoutingItem.Script("none")));
    }

    private static List<RoutingActivation> Live(string life) =>
        [.. life.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => Read(word, i + 1))];

    private static RoutingActivation Read(string word, int minute)
    {
        var at = Start.AddMinutes(minute);
        var verdict = new RoutingVerdict("wu", at);
        var numbers = word.Trim('<', 'x', '?').Split('%', '@');
        var asked = Activation(minute, int.Parse(numbers[0]), at) with { IsRollback = word[0] == '<' };
        return asked with
        {
            Share = word.Contains('%') ? int.Parse(numbers[1]) : 100,
            From = word.Contains('@') ? Start.AddMinutes(int.Parse(numbers[1])) : at,
            Approval = asked.IsRollback || word.EndsWith('?') ? null : verdict,
            Withdrawal = word.EndsWith('x') ? verdict : null,
        };
    }

    private static RoutingActivation Activation(long id, int version, DateTimeOffset at) =>
        new(id, Script, version, 100, at, IsRollback: false, string.Empty, "li", at);

    private static string Describe(RoutingStanding standing, RoutingInForce all) => string.Join(", ", new[]
    {
        standing.Active > 0 ? $"{standing.Active}" : "none",
        standing.LastGood > 0 ? $"good {standing.LastGood}" : null,
        standing.OnTrial > 0 ? $"trial {standing.OnTrial} at {standing.TrialPercent} %" : null,
        all.Scheduled.Count > 0 ? $"next {all.Scheduled[0].Version}" : null,
    }.OfType<string>());
}
