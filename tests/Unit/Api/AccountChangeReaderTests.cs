using System.Text;
using PaymentEngine.Api.Operations.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class AccountChangeReaderTests
{
    [Theory]
    [InlineData(".", "number invalid_characters")]
    [InlineData("..", "number invalid_characters")]
    [InlineData("", "number wrong_length")]
    [InlineData("a/b", "number invalid_characters")]
    [InlineData("...")]
    [InlineData("2241.01.M1001.CNY")]
    public void A_number_is_one_that_a_path_can_name(string number, params string[] faults)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"number":"{{number}}","kind":"own_funds","currency":"CNY"}""");

        AccountChangeReader.ReadAccount(body, "tester").Has(out _, out var problem);

        Assert.Equal(faults, problem?.Errors?.Select(error => $"{error.Field} {error.Code}") ?? []);
    }
}
