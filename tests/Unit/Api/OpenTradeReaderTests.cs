using System.Text;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class OpenTradeReaderTests
{
    private const string Least = """{"merchant_order_no":"A-1001","amount":"88.00","currency":"CNY","payer":"member-7"}""";

    [Fact]
    public void The_least_a_trade_needs_is_number_amount_currency_and_payer() =>
        Assert.Equal(
            new OpenTrade("A-1001", ApiOrders.Minor(88_00), "member-7", null, null, TimeSpan.FromMinutes(15), null),
            Good(Least));

    [Fact]
    public void Everything_that_may_be_sent_is_read() =>
        Assert.Equal(
            new OpenTrade(
                "A_1.b-2", ApiOrders.Minor(1), "会员 7", "shop-3", "Two \"tickets\" 🎫", TimeSpan.FromSeconds(60),
                new StartPayment(PaymentMethod.Wallet, "6222020000000001"), "https://shop.example/told"),
            Good("""
                 {"payment": {"payer_account":"6222020000000001", "method":"wallet"}, "expires_in_s":60, "currency":"CNY",
                  "description":"Two \"tickets\" \ud83c\udfab", "payee":"shop-3", "payer":"会员 7", "amount":"0.01", "notify_url":"https:\/\/shop.example/told",
                  "merchant\u005forder_no":"A_1.b-2"}
                 """));

    [Theory]
    [InlineData("amount", "1", "wrong_type")]
    [InlineData("amount", "88.00", "wrong_type")]
    [InlineData("amount", "null", "wrong_type")]
    [InlineData("amount", "\"\"", "amount_malformed")]
    [InlineData("amount", "\"1,000.00\"", "amount_malformed")]
    [InlineData("amount", "\"1e2\"", "amount_malformed")]
    [InlineData("amount", "\" 1\"", "amount_malformed")]
    [InlineData("amount", "\"-1.00\"", "amount_not_positive")]
    [InlineData("amount", "\"0.00\"", "amount_not_positive")]
    [InlineData("amount", "\"0.001\"", "amount_has_fraction_of_minor_unit")]
    [InlineData("amount", "\"10000000000.01\"", "amount_too_large")]
    [InlineData("amount", "\"92233720368547758.08\"", "amount_too_large")]
    [InlineData("amount", "\"99999999999999999999999999999999999999\"", "amount_too_large")]
    [InlineData("currency", "\"cny\"", "currency_unknown")]
    [InlineData("currency", "\"XXX\"", "currency_unknown")]
    [InlineData("currency", "\"\"", "currency_unknown")]
    [InlineData("currency", "156", "wrong_type")]
    [InlineData("currency", "\"USD\"", "currency_not_enabled")]
    [InlineData("merchant_order_no", "\"\"", "wrong_length")]
    [InlineData("merchant_order_no", "\"A 1\"", "invalid_characters")]
    [InlineData("merchant_order_no", "\"订单\"", "invalid_characters")]
    [InlineData("merchant_order_no", "[\"A\"]", "wrong_type")]
    [InlineData("payer", "\"\"", "wrong_length")]
    [InlineData("payer", "\"a\\u0000b\"", "invalid_characters")]
    [InlineData("payer", "\"a\\nb\"", "invalid_characters")]
    [InlineData("payer", "\"a\\u0085b\"", "invalid_characters")]
    [InlineData("payer", "\"\\ud83d\"", "invalid_characters")]
    [InlineData("payer", "\"\\udd25\\ud83d\"", "invalid_characters")]
    [InlineData("payer", "{\"name\":\"x\"}", "wrong_type")]
    [InlineData("payee", "null", "wrong_type")]
    [InlineData("payee", "\"\"", "wrong_length")]
    [InlineData("description", "true", "wrong_type")]
    [InlineData("expires_in_s", "59", "out_of_range")]
    [InlineData("expires_in_s", "604801", "out_of_range")]
    [InlineData("expires_in_s", "-900", "out_of_range")]
    [InlineData("expires_in_s", "99999999999999999999", "out_of_range")]
    [InlineData("expires_in_s", "900.0", "wrong_type")]
    [InlineData("expires_in_s", "9e2", "wrong_type")]
    [InlineData("expires_in_s", "\"900\"", "wrong_type")]
    [InlineData("payment", "\"quick\"", "wrong_type")]
    [InlineData("payment", "null", "wrong_type")]
    [InlineData("notify_url", "\"\"", "notify_url_malformed")]
    [InlineData("notify_url", "\"told\"", "notify_url_malformed")]
    [InlineData("notify_url", "\"http://shop.example/told\"", "notify_url_not_registered")]
    [InlineData("notify_url", "\"https://10.0.0.1/told\"", "notify_url_private")]
    [InlineData("notify_url", "null", "wrong_type")]
    public void A_field_that_cannot_be_accepted_is_named_with_the_reason(string field, string value, string code) =>
        Assert.Equal([(field, code)], Errors(With(field, value)));

    [Theory]
    [InlineData("{}", "payment.method required", "payment.payer_account required")]
    [InlineData("""{"method":"cash","payer_account":""}""", "payment.method unknown_value", "payment.payer_account wrong_length")]
    [InlineData("""{"method":"quick","payer_account":"1","method":"quick"}""", "payment.method duplicate_field")]
    [InlineData("""{"method":"quick","payer_account":"1","cvv":"123"}""", "payment.cvv unknown_field")]
    [InlineData("""{"method":"Quick","payer_account":1}""", "payment.method unknown_value", "payment.payer_account wrong_type")]
    public void A_field_of_the_payment_is_named_by_its_path(string payment, params string[] expected) =>
        Assert.Equal(expected, Errors(With("payment", payment)).Select(error => $"{error.Field} {error.Code}"));

    [Theory]
    [InlineData("""{"merchant_order_no":"A","amount":"1","amount":"1","currency":"CNY","payer":"p"}""", "amount duplicate_field")]
    [InlineData("""{"merchant_order_no":"A","amount":"1","\u0061mount":"1","currency":"CNY","payer":"p"}""", "amount duplicate_field")]
    [InlineData("""{"merchant_order_no":"A","amount":"1","currency":"CNY","payer":"p","Payer":"q"}""", "Payer unknown_field")]
    [InlineData("""{"merchant_order_no":"A","amount":"1","currency":"CNY","payer":"p","x":{"x":[{"y":1}]}}""", "x unknown_field")]
    [InlineData("""{"merchant_order_no":"A","amount":"1","currency":"CNY","payer":"p","\ud83d":1}""", "? unknown_field")]
    [InlineData("{}", "merchant_order_no required", "amount required", "currency required", "payer required")]
    [InlineData("""{"amount":1,"expires_in_s":1}""",
        "amount wrong_type", "expires_in_s out_of_range", "merchant_order_no required", "currency required", "payer required")]
    public void All_that_is_wrong_is_told_at_once(string body, params string[] expected) =>
        Assert.Equal(expected, Errors(body).Select(error => $"{error.Field} {error.Code}"));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"amount\"")]
    [InlineData(Least + "x")]
    [InlineData(Least + "{}")]
    [InlineData("""{"merchant_order_no":"A",}""")]
    [InlineData("""{"merchant_order_no":"A" /* comment */}""")]
    [InlineData("""{'merchant_order_no':'A'}""")]
    [InlineData("""{"expires_in_s":0900}""")]
    [InlineData("""{"expires_in_s":NaN}""")]
    [InlineData("{\"payer\":\"a\nb\"}")]
    [InlineData("""{"x":[[[[[[[[[[1]]]]]]]]]]}""")]
    public void What_is_not_one_JSON_object_is_malformed(string body) =>
        Assert.Equal("malformed_json", Problem(Encoding.UTF8.GetBytes(body)).Kind.Code);

    [Fact]
    public void A_malformed_body_is_told_where_and_why_without_our_internals()
    {
        var problem = Problem("{\"amount\":\"1\",\n  oops}"u8.ToArray());

        Assert.StartsWith("Line 2, byte 3: 'o' is an invalid start of a property name.", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"amount\":\"1\",}", "Line 1, byte 15: A comma stands before the closing brace or bracket.")]
    [InlineData("", "Line 1, byte 1: The body is empty; it must be a JSON object.")]
    [InlineData(" \n", "Line 1, byte 1: The body is empty; it must be a JSON object.")]
    public void What_people_get_wrong_most_often_is_told_in_plain_words(string body, string detail) =>
        Assert.Equal(detail, Problem(Encoding.UTF8.GetBytes(body)).Detail);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_JSON_in_UTF_8() =>
        Assert.Equal("invalid_utf8", Problem(Encoding.UTF8.GetBytes("\ufeff" + Least)).Kind.Code);

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0xbd })]
    [InlineData(new byte[] { 0xe4, 0xbc })]
    public void Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand(byte[] bytes)
    {
        byte[] inValue = [.. "{\"payer\":\""u8, .. bytes, .. "\"}"u8];
        byte[] inName = [.. "{\""u8, .. bytes, .. "\":1}"u8];

        Assert.Equal("invalid_utf8", Problem(inValue).Kind.Code);
        Assert.Equal("invalid_utf8", Problem(inName).Kind.Code);
    }

    [Theory]
    [InlineData("payer", 64)]
    [InlineData("payee", 64)]
    [InlineData("description", 256)]
    [InlineData("merchant_order_no", 64)]
    public void Lengths_count_characters_as_people_do(string field, int maximum)
    {
        var character = field == "merchant_order_no" ? "A" : "🎫";

        Good(With(field, $"\"{string.Concat(Enumerable.Repeat(character, maximum))}\""));
        Assert.Equal(
            [(field, "wrong_length")],
            Errors(With(field, $"\"{string.Concat(Enumerable.Repeat(character, maximum + 1))}\"")));
    }

    [Fact]
    public void An_amount_has_the_decimals_of_its_currency()
    {
        const string Yen = """{"merchant_order_no":"A","amount":"88.00","currency":"JPY","payer":"p"}""";

        Assert.Equal([("amount", "amount_has_fraction_of_minor_unit")], Errors(Yen));
        Assert.Equal(88, Good(Yen.Replace("88.00", "88", StringComparison.Ordinal)).Amount.Minor);
    }

    [Fact]
    public void A_body_of_nonsense_is_not_answered_with_a_longer_one()
    {
        var body = $"{{{string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"{new string('n', 100)}{i}\":{i}"))}}}";

        var errors = Errors(body);

        Assert.Equal(20, errors.Count);
        Assert.All(errors, error => Assert.True(error.Field.Length <= 65));
    }

    private static string With(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["merchant_order_no"] = "\"A-1001\"",
            ["amount"] = "\"88.00\"",
            ["currency"] = "\"CNY\"",
            ["payer"] = "\"member-7\"",
            [field] = value,
        };
        return $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private static OpenTrade Good(string body)
    {
        Assert.True(Read(Encoding.UTF8.GetBytes(body)).Has(out var command, out var problem), problem?.Detail);
        return command;
    }

    private static List<(string Field, string Code)> Errors(string body)
    {
        var problem = Problem(Encoding.UTF8.GetBytes(body));
        Assert.Equal("invalid_request", problem.Kind.Code);
        return [.. problem.Errors!.Select(error => (error.Field, error.Code))];
    }

    private static Problem Problem(byte[] body)
    {
        Assert.False(Read(body).Has(out _, out var problem));
        return problem;
    }

    private static OrProblem<OpenTrade> Read(byte[] body) =>
        JsonBody.Read<OpenTrade, Merchant>(body, ApiOrders.Merchant, new OpenTradeReader(new StubMerchants()).Read);
}
