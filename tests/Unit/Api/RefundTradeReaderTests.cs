using System.Text;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "O9")]
public sealed class RefundTradeReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public void Nothing_said_is_all_that_is_left(string body) => Assert.Equal(new RefundTrade(null, null, null, null), Read(body));

    [Fact]
    public void Everything_that_can_be_said_is_read() => Assert.Equal(
        new RefundTrade(new Money(30_00, ApiOrders.Cny), "R-1", "one ticket too many", "https://shop.example/told"),
        Read("""{"merchant_refund_no":"R-1","amount":{"value":"30.00","currency":"CNY"},"reason":"one ticket too many","notify_url":"https://shop.example/told"}"""));

    [Theory]
    [InlineData("""{"amount":"30.00"}""", "amount wrong_type")]
    [InlineData("""{"amount":{}}""", "amount.value required, amount.currency required")]
    [InlineData("""{"amount":{"value":"30.00"}}""", "amount.currency required")]
    [InlineData("""{"amount":{"currency":"CNY"}}""", "amount.value required")]
    [InlineData("""{"amount":{"value":"30.001","currency":"CNY"}}""", "amount.value amount_has_fraction_of_minor_unit")]
    [InlineData("""{"amount":{"value":"0","currency":"CNY"}}""", "amount.value amount_not_positive")]
    [InlineData("""{"amount":{"value":"1","currency":"XXQ"}}""", "amount.currency currency_unknown")]
    [InlineData("""{"amount":{"value":"1","currency":"CNY","of":"all"}}""", "amount.of unknown_field")]
    [InlineData("""{"merchant_refund_no":"R 1","why":"x"}""", "merchant_refund_no invalid_characters, why unknown_field")]
    [InlineData("""{"notify_url":"https://elsewhere.example"}""", "notify_url notify_url_not_registered")]
    public void What_is_wrong_is_said_of_each_field(string body, string expected)
    {
        Assert.False(RefundTradeReader.Read(Encoding.UTF8.GetBytes(body), ApiOrders.Merchant).Has(out _, out var problem));
        Assert.Equal(expected, string.Join(", ", problem!.Errors!.Select(error => $"{error.Field} {error.Code}")));
    }

    private static RefundTrade Read(string body)
    {
        Assert.True(RefundTradeReader.Read(Encoding.UTF8.GetBytes(body), ApiOrders.Merchant).Has(out var command, out _));
        return command!;
    }
}
