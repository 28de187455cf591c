using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

public class MoneyTextTests
{
    [Theory]
    [InlineData("88", "CNY", 8800)]
    [InlineData("88.0", "CNY", 8800)]
    [InlineData("88.00", "CNY", 8800)]
    [InlineData("88.5", "CNY", 8850)]
    [InlineData("0.01", "CNY", 1)]
    [InlineData("0", "CNY", 0)]
    [InlineData("0.00", "CNY", 0)]
    [InlineData("10000000.00", "CNY", 1_000_000_000)]
    [InlineData("88", "JPY", 88)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("1.2", "KWD", 1200)]
    [InlineData("0.0001", "CLF", 1)]
    [InlineData("92233720368547758.07", "CNY", long.MaxValue)]
    [InlineData("9223372036854775807", "JPY", long.MaxValue)]
    [InlineData("922337203685477.5807", "UYW", long.MaxValue)]
    public void An_amount_is_read_in_major_units(string text, string code, long minor)
    {
        Assert.True(Money.TryParse(text, Currency.Parse(code), out var money, out var error));
        Assert.Equal(new Money(minor, Currency.Parse(code)), money);
        Assert.Equal(MoneyError.None, error);
    }

    [Theory]
    [InlineData("", "CNY", MoneyError.Empty)]
    [InlineData("-1", "CNY", MoneyError.Sign)]
    [InlineData("+1", "CNY", MoneyError.Sign)]
    [InlineData("-", "CNY", MoneyError.Sign)]
    [InlineData("-0.00", "CNY", MoneyError.Sign)]
    [InlineData(" 1", "CNY", MoneyError.Malformed)]
    [InlineData("1 ", "CNY", MoneyError.Malformed)]
    [InlineData(" ", "CNY", MoneyError.Malformed)]
    [InlineData("1e2", "CNY", MoneyError.Malformed)]
    [InlineData("1E2", "CNY", MoneyError.Malformed)]
    [InlineData("0x10", "CNY", MoneyError.Malformed)]
    [InlineData("1,000", "CNY", MoneyError.Malformed)]
    [InlineData("1,00", "CNY", MoneyError.Malformed)]
    [InlineData("1'000", "CNY", MoneyError.Malformed)]
    [InlineData("1_000", "CNY", MoneyError.Malformed)]
    [InlineData(".5", "CNY", MoneyError.Malformed)]
    [InlineData("5.", "CNY", MoneyError.Malformed)]
    [InlineData(".", "CNY", MoneyError.Malformed)]
    [InlineData("1.0.0", "CNY", MoneyError.Malformed)]
    [InlineData("1.-5", "CNY", MoneyError.Malformed)]
    [InlineData("007", "CNY", MoneyError.Malformed)]
    [InlineData("00", "CNY", MoneyError.Malformed)]
    [InlineData("00.01", "CNY", MoneyError.Malformed)]
    [InlineData("88元", "CNY", MoneyError.Malformed)]
    [InlineData("８８", "CNY", MoneyError.Malformed)] // full width
    [InlineData("٨٨", "CNY", MoneyError.Malformed)] // Arabic-Indic
    [InlineData("NaN", "CNY", MoneyError.Malformed)]
    [InlineData("1\0", "CNY", MoneyError.Malformed)]
    [InlineData("88.001", "CNY", MoneyError.FractionOfMinorUnit)]
    [InlineData("88.000", "CNY", MoneyError.FractionOfMinorUnit)]
    [InlineData("88.0", "JPY", MoneyError.FractionOfMinorUnit)]
    [InlineData("1.2345", "KWD", MoneyError.FractionOfMinorUnit)]
    [InlineData("1.23456", "CLF", MoneyError.FractionOfMinorUnit)]
    [InlineData("92233720368547758.08", "CNY", MoneyError.Overflow)]
    [InlineData("9223372036854775808", "JPY", MoneyError.Overflow)]
    [InlineData("9999999999999999999", "JPY", MoneyError.Overflow)]
    [InlineData("18446744073709551617", "JPY", MoneyError.Overflow)] // 2^64 + 1 must not come out as 1
    [InlineData("99999999999999999", "CNY", MoneyError.Overflow)]
    [InlineData("100000000000000000000000000", "CNY", MoneyError.Overflow)]
    public void What_is_not_plainly_an_amount_is_refused_with_its_reason(string text, string code, MoneyError reason)
    {
        Assert.False(Money.TryParse(text, Currency.Parse(code), out var money, out var error));
        Assert.Equal(reason, error);
        Assert.Equal(default, money);
    }

    [Fact]
    public void A_very_long_text_is_refused_without_harm()
    {
        Assert.False(Money.TryParse(new string('9', 65_536), Currency.Parse("CNY"), out _, out var error));
        Assert.Equal(MoneyError.Overflow, error);
        Assert.False(Money.TryParse("0." + new string('0', 65_536), Currency.Parse("CNY"), out _, out error));
        Assert.Equal(MoneyError.FractionOfMinorUnit, error);
    }

    [Theory]
    [InlineData(8800, "CNY", "88.00")]
    [InlineData(1, "CNY", "0.01")]
    [InlineData(0, "CNY", "0.00")]
    [InlineData(-1, "CNY", "-0.01")]
    [InlineData(-123456, "CNY", "-1234.56")]
    [InlineData(88, "JPY", "88")]
    [InlineData(0, "JPY", "0")]
    [InlineData(1234, "KWD", "1.234")]
    [InlineData(1, "CLF", "0.0001")]
    [InlineData(long.MaxValue, "CNY", "92233720368547758.07")]
    [InlineData(long.MinValue, "CNY", "-92233720368547758.08")]
    [InlineData(long.MinValue, "JPY", "-9223372036854775808")]
    public void An_amount_is_written_with_all_decimals_of_its_currency(long minor, string code, string text)
    {
        var money = new Money(minor, Currency.Parse(code));
        var characters = new char[text.Length];
        var bytes = new byte[text.Length];

        Assert.Equal(text, money.ToString());
        Assert.Equal(text, $"{money}");
        Assert.True(money.TryFormat(characters, out var charactersWritten));
        Assert.Equal(text, new string(characters, 0, charactersWritten));
        Assert.True(money.TryFormat(bytes, out var bytesWritten));
        Assert.Equal(text, Encoding.UTF8.GetString(bytes, 0, bytesWritten));
    }

    [Fact]
    public void A_destination_that_is_too_short_gets_nothing()
    {
        var money = new Money(8800, Currency.Parse("CNY"));
        Assert.False(money.TryFormat(new char[4], out var written));
        Assert.Equal(0, written);
        Assert.False(money.TryFormat(new byte[4], out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void An_amount_without_currency_prints_as_such_and_cannot_be_read()
    {
        Assert.Equal("0 XXX", default(Money).ToString());
        Assert.Equal("-9223372036854775808 XXX", new Money(long.MinValue, default).ToString());
        Assert.Throws<InvalidOperationException>(() => Money.TryParse("1", default, out _, out _));
    }

    [Fact]
    public void Every_amount_is_read_back_as_it_was_written_and_as_decimal_arithmetic_has_it() =>
        Prop.ForAll(MoneyGenerators.AnyMoney.ToArbitrary(), money =>
        {
            var text = money.ToString();
            var scaled = decimal.Parse(text, CultureInfo.InvariantCulture) * (decimal)Math.Pow(10, money.Currency.Exponent);
            var read = Money.TryParse(text.TrimStart('-'), money.Currency, out var positive, out _);
            return scaled == money.Minor
                && (money.Minor == long.MinValue ? !read : read && positive == (money.IsNegative ? -money : money));
        }).QuickCheckThrowOnFailure();
}
