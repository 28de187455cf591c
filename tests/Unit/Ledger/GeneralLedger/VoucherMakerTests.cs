using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger.GeneralLedger;

/// <summary>Of a posting and a template comes a voucher, or the reason why not.</summary>
[Trait("Rule", "A8")]
public sealed class VoucherMakerTests
{
    private const string Debit = "Debit " + Charts.Receivable + " channel_receivable";
    private const string Credit = "Credit " + Charts.Merchants + " merchant";
    private const string Fee = "Credit " + Charts.Fees + " fee_income";

    [Fact]
    public void without_a_template_each_leg_is_a_line_on_the_subject_of_its_account_A8() => Assert.Equal(
        ["Debit 1122.01.01 88.00", "Credit 2241.01.01 87.47", "Credit 6021.01.01 0.53"], Lines(Charts.Payment(), null));

    [Fact]
    public void a_template_says_which_lines_there_are_and_in_which_order_A8() => Assert.Equal(
        ["Credit 6021.01.01 0.53", "Credit 2241.01.01 87.47", "Debit 1122.01.01 88.00"], Lines(Charts.Payment(), Charts.Template(Fee, Credit, Debit)));

    /// <summary>The merchant is credited with all of it, and pays his fee.</summary>
    [Fact]
    public void a_voucher_has_several_debits_and_several_credits_A8() => Assert.Equal(
        ["Debit 1122.01.01 88.00", "Credit 2241.01.01 88.00", "Debit 2241.01.01 0.53", "Credit 6021.01.01 0.53"],
        Lines(Charts.Payment(), Charts.Template(Debit, "Credit " + Charts.Merchants + " merchant + fee_income", "Debit " + Charts.Merchants + " fee_income", Fee)));

    [Fact]
    public void a_line_of_nothing_is_left_out_A8() => Assert.Equal(
        ["Debit 1122.01.01 88.00", "Credit 2241.01.01 88.00"],
        Lines(
            Charts.Posting("Payment", ("ChannelReceivable", -88_00, "CNY"), ("Merchant", 88_00, "CNY")),
            Charts.Template(Debit, Credit, Fee)));

    [Fact]
    public void each_currency_of_a_posting_has_its_lines_A8()
    {
        var both = Charts.Payment().Legs.Concat(Charts.Payment("JPY").Legs).ToList();
        Assert.Equal(
            ["Debit 1122.01.01 88.00", "Credit 2241.01.01 87.47", "Credit 6021.01.01 0.53", "Debit 1122.01.01 8800", "Credit 2241.01.01 8747", "Credit 6021.01.01 53"],
            Lines(Charts.Payment() with { Legs = both }, Charts.Template(Debit, Credit, Fee)));
    }

    [Fact]
    public void money_that_stays_on_a_subject_is_debited_and_credited_A8() => Assert.Equal(
        ["Debit 2241.01.01 5.00", "Credit 2241.01.01 5.00"],
        Lines(
            Charts.Posting("Transfer", ("Merchant", -5_00, "CNY"), ("Merchant", 5_00, "CNY")),
            Charts.Template("Debit " + Charts.Merchants + " merchant_debited", "Credit " + Charts.Merchants + " merchant_credited")));

    [Theory]
    [InlineData("merchant + fee_income", 88_00)]
    [InlineData("total", 88_00)]
    [InlineData("merchant_signed", 87_47)]
    [InlineData("0 - channel_receivable_signed", 88_00)]
    [InlineData("total - channel_receivable + merchant_credited - merchant_debited", 87_47)]
    [InlineData("fee_income > 50 ? 1 : 2", 1)]
    [InlineData("if fee_income > 50\n  ret 3\nend\nret 4", 3)]
    public void an_amount_is_an_expression_over_the_sums_of_the_legs_A8(string amount, long minor)
    {
        var line = amount == "total" ? "total" : amount;
        var fault = Assert.IsType<VoucherResult.Fault>(Make(Charts.Payment(), Charts.Template("Debit " + Charts.Receivable + " " + line, "Credit " + Charts.Suspense + " 1000000")));
        Assert.StartsWith($"debits are {new Money(minor, Currency.Parse("CNY"))} and credits 10000.00 CNY", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void sums_that_no_double_can_hold_are_exact_A8()
    {
        const long Much = 9_007_199_254_740_993;
        Assert.Equal(
            ["Debit 1122.01.01 90071992547409.93", "Credit 2241.01.01 90071992547409.92", "Credit 6021.01.01 0.01"],
            Lines(
                Charts.Posting("Payment", ("ChannelReceivable", -Much, "CNY"), ("Merchant", Much - 1, "CNY"), ("FeeIncome", 1, "CNY")),
                Charts.Template(Debit, Credit, Fee)));
    }

    [Theory]
    [InlineData("debits are 88.00 and credits 87.47 CNY", Debit, Credit)]
    [InlineData("on 2241.09.01 it is 0.53 CNY more credit than the ledger moved", Debit, Credit, "Credit 2241.09.01 fee_income")]
    [InlineData("on 2241.01.01 it is 0.53 CNY more credit than the ledger moved", Debit, "Credit 2241.01.01 total", "Credit 6021.01.01 0")]
    [InlineData("line 1: `channel_receivable / 3.0` is 2933.3", "Debit 1122.01.01 channel_receivable / 3.0", Credit)]
    [InlineData("line 2: `channel_receivable_signed` is -8800, which is no amount", Debit, "Credit 2241.01.01 channel_receivable_signed")]
    [InlineData("line 1: (1,20) : error : ", "Debit 1122.01.01 channel_receivable / member", Credit)]
    [InlineData("no line is left in CNY", "Debit 1122.01.01 member", "Credit 2241.01.01 0")]
    public void what_does_not_balance_or_moves_something_else_is_no_voucher_A8(string reason, params string[] lines) =>
        Assert.Contains(reason, Assert.IsType<VoucherResult.Fault>(Make(Charts.Payment(), Charts.Template(lines))).Reason, StringComparison.Ordinal);

    [Fact]
    public void legs_that_do_not_balance_are_no_voucher_even_without_a_template_A8() => Assert.Equal(
        "debits are 5.00 and credits 4.00 CNY",
        Assert.IsType<VoucherResult.Fault>(Make(Charts.Posting("Payment", ("Merchant", -5_00, "CNY"), ("Suspense", 4_00, "CNY")), null)).Reason);

    [Fact]
    public void an_account_of_a_kind_that_the_chart_does_not_have_is_named_A8()
    {
        var legs = Charts.Payment().Legs.Select(leg => leg.Leg == 2 ? leg with { AccountKind = "Treasure" } : leg).ToList();
        Assert.Contains(
            "of the kind Treasure",
            Assert.IsType<VoucherResult.Fault>(Make(Charts.Payment() with { Legs = legs }, Charts.Template(Debit, Credit, Fee))).Reason,
            StringComparison.Ordinal);
    }

    private static VoucherResult Make(PostedLegs posting, CompiledTemplate? template) => new VoucherMaker(Charts.Some).Make(posting, template);

    private static IEnumerable<string> Lines(PostedLegs posting, CompiledTemplate? template)
    {
        var voucher = Assert.IsType<VoucherResult.Made>(Make(posting, template)).Voucher;
        Assert.Equal(template?.Version, voucher.TemplateVersion);
        return voucher.Lines.Select(line => $"{line.Side} {line.Subject} {line.Amount}");
    }
}
