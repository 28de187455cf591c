using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger.GeneralLedger;

/// <summary>A template is checked before anybody can approve it.</summary>
[Trait("Rule", "A8")]
public sealed class TemplateTests
{
    private const string Good = "Credit " + Charts.Merchants + " merchant";

    [Theory]
    [InlineData("Debit 1122.01.02 merchant", "subject", "there is no subject 1122.01.02; there is 1122.01.01 Collected by channels")]
    [InlineData("Debit 2241.01 merchant", "subject", "2241.01 is of level 2, and lines stand on level 3; there is 2241.01.01 Balances of merchants, 2241.01.02 Balances of members")]
    [InlineData("Debit 6021 merchant", "subject", "6021 is of level 1, and lines stand on level 3; there is 6021.01.01 Fees of merchants")]
    [InlineData("Debit 9999.01.01 merchant", "subject", "there is no subject 9999.01.01")]
    [InlineData("Soll 2241.01.01 merchant", "side", "'Soll' is not a side; it is debit or credit")]
    public void a_line_that_cannot_stand_is_refused_with_what_would_be_right_A8(string line, string field, string message) =>
        Assert.Equal([new TemplateError(1, field, message)], Charts.Errors(Good, line));

    [Theory]
    [InlineData("merchnt", 1, 1, "did you mean `merchant`?")]
    [InlineData("total + fee_incom", 1, 9, "did you mean `fee_income`?")]
    [InlineData("total +", 1, 8, "")]
    [InlineData("if total > 5\n  ret total\nend\nret merchnt", 4, 5, "did you mean `merchant`?")]
    [InlineData("'much'", 1, 1, "must return")]
    [InlineData("date.now", 1, 1, "")]
    public void a_wrong_amount_is_refused_with_its_place_A8(string amount, int line, int column, string message)
    {
        var error = Charts.Errors("Debit " + Charts.Receivable + " " + amount, Good)[0];
        Assert.Equal((0, "amount", new Position(line, column)), (error.Line, error.Field, error.At));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void all_errors_are_told_at_once_A8() => Assert.Equal(
        [(0, "side"), (0, "subject"), (0, "amount"), (1, "subject")],
        Charts.Errors("Left 1 nothing", "Credit 2241 merchant").Select(error => (error.Line!.Value, error.Field!)));

    [Fact]
    public void a_template_has_lines_of_both_sides_A8()
    {
        Assert.Contains("from 1 to 50 lines", Assert.Single(Charts.Errors()).Message, StringComparison.Ordinal);
        Assert.Contains("all lines are of the Credit side", Assert.Single(Charts.Errors(Good, Good)).Message, StringComparison.Ordinal);
        Assert.Contains("from 1 to 50 lines", Assert.Single(Charts.Errors([.. Enumerable.Repeat(Good, 51)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void amounts_speak_of_every_kind_of_account_A8()
    {
        var names = new VoucherVariables(["Merchant", "OwnFunds"]).Inputs.Select(input => input.Name);
        Assert.Equal(
            ["total", "merchant", "merchant_signed", "merchant_debited", "merchant_credited", "own_funds", "own_funds_signed", "own_funds_debited", "own_funds_credited"],
            names);
    }
}
