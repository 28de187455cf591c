using System.Text;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class OtherReaderTests
{
    [Theory]
    [InlineData("quick", PaymentMethod.Quick)]
    [InlineData("online_banking", PaymentMethod.OnlineBanking)]
    [InlineData("wallet", PaymentMethod.Wallet)]
    public void A_payment_is_a_method_and_an_account(string code, PaymentMethod method) =>
        Assert.Equal(new StartPayment(method, "1"), Payment($$"""{"method":"{{code}}","payer_account":"1"}""").Command);

    [Fact]
    public void A_payment_may_say_what_channels_are_chosen_by_C2()
    {
        const string Body = """
            {"method":"quick","payer_account":"1","product":"p","terminal":"app","card_kind":"gold","debit_credit":"credit",
             "ownership":"personal","target_institution":"CMB","agreement":"a-7"}
            """;

        Assert.Equal(
            new PaymentElements
            {
                Product = "p", Terminal = "app", CardKind = "gold", DebitCredit = "credit",
                Ownership = "personal", TargetInstitution = "CMB", Agreement = "a-7",
            },
            Payment(Body).Command!.Elements);
    }

    [Theory]
    [InlineData("""{"method":"quick","payer_account":"1","debit_credit":"cash"}""", "debit_credit unknown_value")]
    [InlineData("""{"method":"quick","payer_account":"1","ownership":"x","terminal":""}""", "ownership unknown_value", "terminal wrong_length")]
    [InlineData("""{"method":"quick","payer_account":"1","target_institution":"招商"}""", "target_institution invalid_characters")]
    [InlineData("{}", "method required", "payer_account required")]
    [InlineData("""{"method":1,"payer_account":"1"}""", "method wrong_type")]
    [InlineData("""{"method":"quick","payer_account":"1","payer_account":"2"}""", "payer_account duplicate_field")]
    [InlineData("""{"method":"quick","payer_account":"1","amount":"1"}""", "amount unknown_field")]
    public void A_payment_alone_names_its_fields_without_a_path(string body, params string[] expected) =>
        Assert.Equal(expected, Payment(body).Errors);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" { } ")]
    public void A_close_has_nothing_to_say(string body) => Assert.Empty(Close(body));

    [Theory]
    [InlineData("""{"force":true}""", "force unknown_field")]
    [InlineData("[]", "malformed_json")]
    [InlineData("{}{}", "malformed_json")]
    public void A_close_that_says_something_is_refused(string body, string expected) => Assert.Equal([expected], Close(body));

    private static (StartPayment? Command, IEnumerable<string>? Errors) Payment(string body)
    {
        JsonBody.Read<StartPayment, Merchant>(Encoding.UTF8.GetBytes(body), ApiOrders.Merchant, StartPaymentReader.Read)
            .Has(out var command, out var problem);
        return (command, problem?.Errors?.Select(error => $"{error.Field} {error.Code}"));
    }

    private static IEnumerable<string> Close(string body) =>
        JsonBody.Read<NoFields, Merchant>(Encoding.UTF8.GetBytes(body), ApiOrders.Merchant, NoFieldsReader.Read).Has(out _, out var problem)
            ? []
            : problem.Errors?.Select(error => $"{error.Field} {error.Code}") ?? [problem.Kind.Code];
}
