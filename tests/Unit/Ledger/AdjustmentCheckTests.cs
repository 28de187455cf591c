using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>What can never be booked, what could not be booked now, and what exactly is agreed to.</summary>
[Trait("Rule", "A10")]
public sealed class AdjustmentCheckTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");

    private static readonly Dictionary<string, AccountStanding> Accounts = new()
    {
        ["rich"] = new(Yuan, 1_000, 0, 0, IsFrozen: false, IsClosed: false),
        ["held"] = new(Yuan, 1_000, 900, 0, IsFrozen: false, IsClosed: false),
        ["credit"] = new(Yuan, 0, 0, -500, IsFrozen: false, IsClosed: false),
        ["frozen"] = new(Yuan, 0, 0, 0, IsFrozen: true, IsClosed: false),
        ["full"] = new(Yuan, long.MaxValue, 0, 0, IsFrozen: false, IsClosed: false),
    };

    [Fact]
    public void legs_that_balance_on_open_accounts_have_no_fault_A10() => Assert.Empty(AdjustmentChecks.Faults([Leg("rich", -5), Leg("credit", 5)], Accounts));

    [Fact]
    public void each_currency_balances_by_itself_A10()
    {
        var faults = AdjustmentChecks.Faults([Leg("rich", -5), Leg("credit", 4)], Accounts);
        Assert.Equal((AdjustmentChecks.Unbalanced, "debits in CNY are more by 0.01 CNY"), (Assert.Single(faults).Code, faults[0].Message));
    }

    [Theory]
    [InlineData("rich", -1_000, null)]
    [InlineData("rich", -1_001, "overdraft")]
    [InlineData("held", -100, null)]
    [InlineData("held", -101, "overdraft")]
    [InlineData("credit", -500, null)]
    [InlineData("credit", -501, "overdraft")]
    [InlineData("frozen", 1, "account_frozen")]
    [InlineData("full", 1, "balance_overflow")]
    public void what_the_ledger_would_refuse_now_is_a_warning_A10(string account, long minor, string? code) =>
        Assert.Equal(code, Warnings(Leg(account, minor)).SingleOrDefault()?.Code);

    [Fact]
    public void legs_of_one_account_count_one_after_the_other_as_the_ledger_books_them_A10()
    {
        Assert.Empty(Warnings(Leg("rich", 600), Leg("rich", -1_500)));

        var short_ = Assert.Single(Warnings(Leg("rich", -1_500), Leg("rich", 600)));
        Assert.Equal(("legs[0]", AdjustmentChecks.Overdraft, "account rich would be short of 5.00 CNY"), (short_.Field, short_.Code, short_.Message));
        Assert.Equal(AdjustmentChecks.BalanceOverflow, Assert.Single(Warnings(Leg("full", 1), Leg("full", -1))).Code);
        Assert.Empty(AdjustmentChecks.Warnings(new AdjustmentContent("x", [Leg("rich", -1_500), Leg("rich", 600)], new OrderId(7)), Accounts, hold: null));
    }

    [Fact]
    public void the_legs_of_a_reversal_may_be_said_in_any_order_and_in_parts_A10()
    {
        RequestedLeg[] turned = [Leg("rich", 8), Leg("held", -8)];

        Assert.True(AdjustmentChecks.IsSame([Leg("held", -8), Leg("rich", 3), Leg("rich", 5)], turned));
        Assert.False(AdjustmentChecks.IsSame([Leg("rich", 9), Leg("rich", -1), Leg("held", -8)], turned));
        Assert.False(AdjustmentChecks.IsSame([Leg("rich", 8), Leg("full", -8)], turned));
    }

    [Fact]
    public void who_agrees_agrees_to_every_word_of_this_one_A10()
    {
        var content = new AdjustmentContent("x", [Leg("rich", -5), Leg("credit", 5)], default);
        var id = OrderId.Create(new DateOnly(2026, 11, 20), 1);
        byte[][] others =
        [
            content.HashFor(OrderId.Create(new DateOnly(2026, 11, 20), 2)),
            (content with { Reason = "y" }).HashFor(id),
            (content with { Reverses = id }).HashFor(id),
            (content with { Legs = [Leg("rich", -6), Leg("credit", 5)] }).HashFor(id),
            (content with { Legs = [Leg("credit", 5), Leg("rich", -5)] }).HashFor(id),
            (content with { Legs = [Leg("rich", -5) with { Item = id }, Leg("credit", 5)] }).HashFor(id),
            (content with { Captures = new HoldOrder.Capture(id, new Money(5, Yuan)) }).HashFor(id),
            (content with { Captures = new HoldOrder.Capture(id, new Money(4, Yuan)) }).HashFor(id),
            (content with { Captures = new HoldOrder.Capture(new OrderId(5), new Money(5, Yuan)) }).HashFor(id),
            (content with { Reason = "x\n4 rich -5 CNY 0", Legs = [Leg("credit", 5)] }).HashFor(id),
        ];

        Assert.Equal(others.Length + 1, others.Append(content.HashFor(id)).Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(content.HashFor(id), (content with { Legs = [.. content.Legs] }).HashFor(id));
    }

    [Fact]
    public void what_was_asked_for_before_there_were_captures_keeps_its_hash_A10()
    {
        var content = new AdjustmentContent("x", [Leg("rich", -5), Leg("credit", 5)], default);

        // sha256sum of "20 0 1 x", "4 rich -5 CNY 0" and "6 credit 5 CNY 0", each with its line feed.
        Assert.Equal("f9bd21291be2e195192a4f095bff55a317a95b93d2a5a90fbbf7f12bf1622289", Convert.ToHexStringLower(content.HashFor(new OrderId(20))));
    }

    private static IReadOnlyList<ContentFinding> Warnings(params RequestedLeg[] legs) =>
        AdjustmentChecks.Warnings(new AdjustmentContent("x", legs, default), Accounts, hold: null);

    private static RequestedLeg Leg(string account, long minor) => new(account, new Money(minor, Yuan));
}
