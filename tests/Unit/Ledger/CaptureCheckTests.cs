using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>What of a hold can be captured by hand, and what it frees for the legs beside it.</summary>
[Trait("Rule", "A4")]
[Trait("Rule", "A10")]
public sealed class CaptureCheckTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");
    private static readonly HoldStanding Hold = new("shop", new Money(40, Yuan));

    private static readonly Dictionary<string, AccountStanding> Accounts = new()
    {
        ["shop"] = new(Yuan, 100, 70, 0, IsFrozen: false, IsClosed: false),
        ["other"] = new(Yuan, 100, 70, 0, IsFrozen: false, IsClosed: false),
    };

    [Theory]
    [InlineData(40, -40, null)]
    [InlineData(25, -40, null)]
    [InlineData(41, -41, "captures.amount hold_exceeded of the hold 0.40 CNY is left")]
    [InlineData(0, -40, "captures.amount hold_exceeded of the hold 0.40 CNY is left")]
    [InlineData(25, -24, "legs hold_not_spent the legs must take what is captured, 0.25 CNY, from account shop")]
    [InlineData(25, 25, "legs hold_not_spent the legs must take what is captured, 0.25 CNY, from account shop")]
    public void what_is_captured_is_left_and_leaves_its_account_A4(long captured, long leg, string? fault) =>
        Assert.Equal(fault, Fault(captured, Leg("shop", leg), Leg("other", -leg)));

    [Fact]
    public void legs_on_the_account_count_together_A4()
    {
        Assert.Null(Fault(25, Leg("shop", -15), Leg("shop", -10), Leg("other", 25)));
        Assert.StartsWith("legs hold_not_spent", Fault(25, Leg("shop", -25), Leg("shop", 1), Leg("other", 24)), StringComparison.Ordinal);
        Assert.StartsWith("legs hold_not_spent", Fault(25, Leg("other", -25), Leg("third", 25)), StringComparison.Ordinal);
    }

    [Fact]
    public void a_hold_is_captured_in_its_own_currency_A4() => Assert.Equal(
        "captures.amount currency_differs the hold is in CNY",
        Words(CaptureChecks.Fault(new HoldOrder.Capture(new OrderId(7), new Money(25, Currency.Parse("USD"))), [Leg("shop", -25), Leg("other", 25)], Hold)));

    [Fact]
    public void what_a_capture_frees_is_not_short_A4()
    {
        Assert.Equal(["overdraft"], Warnings("shop", -70, captured: 39));
        Assert.Empty(Warnings("shop", -70, captured: 40));
        Assert.Equal(["overdraft"], Warnings("shop", -71, captured: 40));
        Assert.Equal(["overdraft"], Warnings("other", -70, captured: 40));
    }

    [Fact]
    public void what_is_not_left_any_more_is_told_and_frees_no_more_than_is_A4()
    {
        Assert.Equal(["hold_exceeded"], Warnings("shop", -70, captured: 41));
        Assert.Equal(["hold_exceeded", "overdraft"], Warnings("shop", -71, captured: 41));
    }

    private static string? Fault(long captured, params RequestedLeg[] legs) => Words(CaptureChecks.Fault(Capture(captured), legs, Hold));

    private static string? Words(ContentFinding? finding) => finding is null ? null : $"{finding.Field} {finding.Code} {finding.Message}";

    private static IEnumerable<string> Warnings(string account, long minor, long captured) => AdjustmentChecks
        .Warnings(new AdjustmentContent("x", [Leg(account, minor)], default) { Captures = Capture(captured) }, Accounts, Hold)
        .Select(warning => warning.Code);

    private static HoldOrder.Capture Capture(long minor) => new(new OrderId(7), new Money(minor, Yuan));

    private static RequestedLeg Leg(string account, long minor) => new(account, new Money(minor, Yuan));
}
