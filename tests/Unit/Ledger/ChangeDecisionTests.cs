using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>What needs a second person and what does not, what can be asked for, and what exactly is agreed to.</summary>
[Trait("Rule", "P2")]
public sealed class ChangeDecisionTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");
    private static readonly OrderId Id = OrderId.Create(new DateOnly(2026, 11, 20), 7);

    [Theory]
    [InlineData(500, 501, "CNY", false, null)]
    [InlineData(0, 1, "CNY", false, null)]
    [InlineData(500, 500, "CNY", false, "needs_no_second_person")]
    [InlineData(500, 499, "CNY", false, "needs_no_second_person")]
    [InlineData(500, 501, "USD", false, "currency_differs")]
    [InlineData(500, 501, "CNY", true, "account_status")]
    public void a_larger_credit_line_needs_two_A1(long line, long wanted, string currency, bool isClosed, string? code)
    {
        var decision = ChangeDecision.CreditLine(
            "a", new AccountStanding(Yuan, 0, 0, -line, IsFrozen: false, isClosed), new Money(wanted, Currency.Parse(currency)));

        Is(code, new PowerChange.CreditLine("a", Amount(line), Amount(wanted)), decision);
    }

    [Theory]
    [InlineData(true, false, null)]
    [InlineData(false, false, "account_status")]
    [InlineData(false, true, "account_status")]
    public void only_what_is_frozen_is_unfrozen_A1(bool isFrozen, bool isClosed, string? code) => Is(
        code, new PowerChange.Unfreeze("a"), ChangeDecision.Unfreeze("a", new AccountStanding(Yuan, 0, 0, 0, isFrozen, isClosed)));

    [Theory]
    [InlineData("I", 3, false, "II", null)]
    [InlineData("I", 5, false, "III", null)]
    [InlineData("II", 5, false, "III", null)]
    [InlineData("I", 0, true, "III", null)]
    [InlineData("I", 2, false, "II", "not_verified")]
    [InlineData("II", 4, false, "III", "not_verified")]
    [InlineData("II", 5, true, "II", "needs_no_second_person")]
    [InlineData("III", 5, true, "II", "needs_no_second_person")]
    [InlineData("III", 5, true, "I", "needs_no_second_person")]
    [InlineData("I", 5, true, "IV", "no_such_class")]
    public void a_higher_class_needs_two_and_who_vouches_A12(string has, int verifications, bool met, string wanted, string? code)
    {
        ClassNeeds[] classes = [new("I", 1, false), new("II", 3, true), new("III", 5, true)];

        Is(
            code,
            new PowerChange.CustomerClass("c", has, wanted),
            ChangeDecision.CustomerClass("c", new CustomerStanding(has, verifications, met), Array.Find(classes, one => one.Class == wanted)));
    }

    [Theory]
    [InlineData(100, 40, "CNY", null)]
    [InlineData(100, 100, "CNY", null)]
    [InlineData(100, null, "CNY", null)]
    [InlineData(100, 101, "CNY", "hold_exceeded")]
    [InlineData(0, null, "CNY", "hold_exceeded")]
    [InlineData(100, 40, "USD", "currency_differs")]
    public void no_more_is_released_than_is_left_A1(long left, int? amount, string currency, string? code)
    {
        Money? asked = amount is { } part ? new Money(part, Currency.Parse(currency)) : null;

        Is(
            code,
            new PowerChange.ReleaseHold("a", Id, Amount(left), Amount(left - (amount ?? left))),
            ChangeDecision.ReleaseHold("a", Id, Amount(left), asked));
    }

    [Fact]
    public void who_agrees_agrees_to_every_word_of_this_one_A10()
    {
        var line = new PowerChange.CreditLine("a", Amount(1), Amount(2));
        var hold = new PowerChange.ReleaseHold("a", Id, Amount(2), Amount(1));
        var content = new ChangeContent(line, 17, "x");
        byte[][] others =
        [
            content.HashFor(OrderId.Create(new DateOnly(2026, 11, 20), 8)),
            (content with { Reason = "y" }).HashFor(Id),
            (content with { Seen = 18 }).HashFor(Id),
            Of(line with { Account = "b" }),
            Of(line with { From = Amount(0) }),
            Of(line with { To = Amount(3) }),
            Of(line with { To = new Money(2, Currency.Parse("USD")) }),
            Of(new PowerChange.Unfreeze("a")),
            Of(new PowerChange.Unfreeze("b")),
            Of(new PowerChange.CustomerClass("a", "I", "II")),
            Of(new PowerChange.CustomerClass("b", "I", "II")),
            Of(new PowerChange.CustomerClass("a", "I", "III")),
            Of(new PowerChange.CustomerClass("a", "II", "III")),
            Of(hold),
            Of(hold with { Hold = OrderId.Create(new DateOnly(2026, 11, 20), 8) }),
            Of(hold with { Account = "b" }),
            Of(hold with { From = Amount(3) }),
            Of(hold with { To = Amount(0) }),
        ];

        Assert.Equal(others.Length + 1, others.Append(content.HashFor(Id)).Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(content.HashFor(Id), new ChangeContent(line with { }, 17, "x").HashFor(Id));

        static byte[] Of(PowerChange change) => new ChangeContent(change, 17, "x").HashFor(Id);
    }

    private static void Is(string? code, PowerChange change, ChangeDecision decision) =>
        Assert.Equal(code is null ? new ChangeDecision.Ask(change) : new ChangeDecision.Refuse(code), decision);

    private static Money Amount(long minor) => new(minor, Yuan);
}
