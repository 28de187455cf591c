using System.Runtime.CompilerServices;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

public class CurrencyTests
{
    [Theory]
    [InlineData("CNY", 2)]
    [InlineData("USD", 2)]
    [InlineData("EUR", 2)]
    [InlineData("XAF", 0)]
    [InlineData("JPY", 0)]
    [InlineData("ISK", 0)]
    [InlineData("UYI", 0)]
    [InlineData("KWD", 3)]
    [InlineData("BHD", 3)]
    [InlineData("CLP", 0)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    [InlineData("XCG", 2)]
    [InlineData("ZWG", 2)]
    public void A_currency_knows_its_minor_unit(string code, int exponent)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        Assert.Equal(code, currency.Code);
        Assert.Equal(exponent, currency.Exponent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CN")]
    [InlineData("CNYY")]
    [InlineData("cny")]
    [InlineData("Cny")]
    [InlineData(" CNY")]
    [InlineData("C1Y")]
    [InlineData("ＣＮＹ")]
    [InlineData("AAA")]
    [InlineData("ZZZ")]
    [InlineData("XXX")] // no currency
    [InlineData("XTS")] // testing
    [InlineData("XAU")] // gold has no minor unit
    [InlineData("XDR")]
    [InlineData("BGN")] // withdrawn
    [InlineData("HRK")]
    [InlineData("ANG")]
    [InlineData("ZWL")]
    public void Anything_but_the_upper_case_code_of_an_active_currency_is_refused(string code)
    {
        Assert.False(Currency.TryParse(code, out var currency));
        Assert.True(currency.IsNone);
        Assert.Throws<FormatException>(() => Currency.Parse(code));
    }

    [Fact]
    public void The_list_is_whole_and_every_code_leads_back_to_its_currency()
    {
        // 178 active codes, of which 13 have no minor unit.
        Assert.Equal(165, Currency.All.Count());
        Assert.Equal(165, Currency.All.Select(currency => currency.Code).Distinct().Count());
        Assert.All(Currency.All, currency => Assert.Equal(currency, Currency.Parse(currency.Code)));
        Assert.Equal(
            [(0, 17), (2, 139), (3, 7), (4, 2)],
            Currency.All.GroupBy(currency => currency.Exponent).Select(group => (group.Key, group.Count())));
    }

    [Fact]
    public void The_default_is_recognisably_no_currency()
    {
        Assert.True(default(Currency).IsNone);
        Assert.Equal("XXX", default(Currency).Code);
        Assert.Throws<InvalidOperationException>(() => default(Currency).Exponent);
    }

    [Fact]
    public void Currencies_are_two_bytes_and_equal_by_code()
    {
        Assert.Equal(2, Unsafe.SizeOf<Currency>());
        Assert.Equal(Currency.Parse("CNY"), Currency.Parse("CNY"));
        Assert.NotEqual(Currency.Parse("CNY"), Currency.Parse("USD"));
    }
}
