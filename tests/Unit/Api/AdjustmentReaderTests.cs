using System.Text;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Operations.Proposals;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "A10")]
public sealed class AdjustmentReaderTests
{
    private const string Hold = "H202611300000000007";

    private const string Legs = """
        "legs":[{"account":"shop","side":"debit","amount":{"value":"0.25","currency":"CNY"}},{"account":"bank","side":"credit","amount":{"value":"0.25","currency":"CNY"}}]
        """;

    [Theory]
    [InlineData("", null)]
    [InlineData(""","amount":{"value":"0.25","currency":"CNY"}""", 25L)]
    public void What_is_captured_is_read_and_no_amount_is_what_is_left(string amount, long? minor)
    {
        Assert.True(Read($$$"""{"reason":"x",{{{Legs}}},"captures":{"hold":"{{{Hold}}}"{{{amount}}} } }""").Has(out var command, out _));

        Assert.Equal(Hold, LedgerNumber.OfHold(command!.Captures!.Hold));
        Assert.Equal(minor is { } said ? new Money(said, ApiOrders.Cny) : null, command.Captures.Amount);
        Assert.Equal([-25, 25], command.Legs.Select(leg => leg.Amount.Minor));
    }

    [Theory]
    [InlineData("\"H202611300000000007\"", "captures wrong_type")]
    [InlineData("null", "captures wrong_type")]
    [InlineData("{}", "captures.hold required")]
    [InlineData("""{"hold":17}""", "captures.hold wrong_type")]
    [InlineData("""{"hold":"L202611300000000007"}""", "captures.hold unknown_value")]
    [InlineData("""{"hold":"H202611300000000007","amount":"0.25"}""", "captures.amount wrong_type")]
    [InlineData("""{"hold":"H202611300000000007","amount":{"value":"0","currency":"CNY"}}""", "captures.amount.value amount_not_positive")]
    [InlineData("""{"hold":"H202611300000000007","amount":{"value":"1","currency":"XXQ"}}""", "captures.amount.currency currency_unknown")]
    [InlineData("""{"hold":"H202611300000000007","all":true}""", "captures.all unknown_field")]
    public void What_is_wrong_with_a_capture_is_said_of_each_field(string captures, string expected) =>
        Assert.Equal(expected, Faults($$$"""{"reason":"x",{{{Legs}}},"captures":{{{captures}}}}"""));

    [Fact]
    public void What_takes_a_posting_back_captures_nothing() => Assert.Equal(
        "captures unknown_field", Faults($$$"""{"reason":"x","reverses":"L202611300000000007","captures":{"hold":"{{{Hold}}}"}}"""));

    private static string Faults(string body)
    {
        Assert.False(Read(body).Has(out _, out var problem));
        return string.Join(", ", problem!.Errors!.Select(error => $"{error.Field} {error.Code}"));
    }

    private static OrProblem<RequestAdjustment> Read(string body) => AdjustmentReader.Read(Encoding.UTF8.GetBytes(body), "first");
}
