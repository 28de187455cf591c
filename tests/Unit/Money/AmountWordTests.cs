using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

/// <summary>Amounts as people read them beside the digits, so that nobody miscounts zeros.</summary>
[Trait("Rule", "A10")]
public sealed class AmountWordTests
{
    [Theory]
    [InlineData("10000000.00", "壹仟万元整")]
    [InlineData("0.00", "零元整")]
    [InlineData("0.01", "壹分")]
    [InlineData("0.10", "壹角")]
    [InlineData("0.55", "伍角伍分")]
    [InlineData("1.00", "壹元整")]
    [InlineData("10.00", "壹拾元整")]
    [InlineData("1.05", "壹元零伍分")]
    [InlineData("10.50", "壹拾元伍角")]
    [InlineData("1006.50", "壹仟零陆元伍角")]
    [InlineData("1010.00", "壹仟零壹拾元整")]
    [InlineData("10000.00", "壹万元整")]
    [InlineData("10001.00", "壹万零壹元整")]
    [InlineData("100100000.00", "壹亿零壹拾万元整")]
    [InlineData("100000001.05", "壹亿零壹元零伍分")]
    [InlineData("100010000.00", "壹亿零壹万元整")]
    [InlineData("1000000000000.00", "壹万亿元整")]
    [InlineData("10000000000000000.00", "壹亿亿元整")]
    [InlineData("10000000000000001.00", "壹亿亿零壹元整")]
    // As the rules for bills give them.
    [InlineData("1409.50", "壹仟肆佰零玖元伍角")]
    [InlineData("6007.14", "陆仟零柒元壹角肆分")]
    [InlineData("1680.32", "壹仟陆佰捌拾元叁角贰分")]
    [InlineData("107000.53", "壹拾万零柒仟元伍角叁分")]
    [InlineData("16409.02", "壹万陆仟肆佰零玖元零贰分")]
    [InlineData("325.04", "叁佰贰拾伍元零肆分")]
    public void an_amount_of_yuan_is_written_as_on_a_bill_A10(string amount, string words) => Assert.Equal(words, ChineseAmount.Of(Read(amount, "CNY")));

    [Theory]
    [InlineData("1006.50", "USD", "壹仟零陆美元伍角")]
    [InlineData("10000000", "JPY", "壹仟万日元整")]
    [InlineData("1.234", "KWD", "壹科威特第纳尔贰角叁分肆厘")]
    [InlineData("1.005", "KWD", "壹科威特第纳尔零伍厘")]
    [InlineData("1.0304", "CLF", "壹CLF零叁分零肆毫")]
    public void other_currencies_are_named_A10(string amount, string currency, string words) => Assert.Equal(words, ChineseAmount.Of(Read(amount, currency)));

    [Theory]
    [InlineData("10000000.00", "CNY", "Ten million Chinese yuan and 00/100")]
    [InlineData("0.01", "CNY", "Zero Chinese yuan and 01/100")]
    [InlineData("1.00", "USD", "One US dollar and 00/100")]
    [InlineData("2.50", "USD", "Two US dollars and 50/100")]
    [InlineData("1000000001", "JPY", "One billion one Japanese yen")]
    [InlineData("1234.567", "KWD", "One thousand two hundred thirty-four Kuwaiti dinars and 567/1000")]
    [InlineData("119.00", "GHS", "One hundred nineteen GHS and 00/100")]
    [InlineData("20.0001", "CLF", "Twenty CLF and 0001/10000")]
    public void an_amount_is_written_in_english_as_on_a_cheque_A10(string amount, string currency, string words) =>
        Assert.Equal(words, EnglishAmount.Of(Read(amount, currency)));

    [Theory]
    [InlineData(1_000_000_000, "CNY", "10,000,000.00")]
    [InlineData(99_999, "CNY", "999.99")]
    [InlineData(100_000, "CNY", "1,000.00")]
    [InlineData(-100_000, "CNY", "-1,000.00")]
    [InlineData(-10_000, "CNY", "-100.00")]
    [InlineData(0, "JPY", "0")]
    [InlineData(1_234_567, "JPY", "1,234,567")]
    [InlineData(long.MinValue, "CNY", "-92,233,720,368,547,758.08")]
    public void digits_are_grouped_by_thousands_A10(long minor, string currency, string text) =>
        Assert.Equal(text, GroupedAmount.Of(new Money(minor, Currency.Parse(currency))));

    [Fact]
    public void what_is_negative_says_so_first_A10()
    {
        Assert.Equal("负壹元整", ChineseAmount.Of(new Money(-100, Currency.Parse("CNY"))));
        Assert.Equal("Minus one Chinese yuan and 00/100", EnglishAmount.Of(new Money(-100, Currency.Parse("CNY"))));
        Assert.Equal("负玖佰贰拾贰亿叁仟叁佰柒拾贰万零叁佰陆拾捌亿伍仟肆佰柒拾柒万伍仟捌佰零捌日元整", ChineseAmount.Of(new Money(long.MinValue, Currency.Parse("JPY"))));
    }

    [Fact]
    public void every_amount_can_be_read_back_from_its_chinese_words_A10() =>
        Prop.ForAll(Amounts, money => ChineseWords.Read(ChineseAmount.Of(money), money.Currency) == money.Minor).QuickCheckThrowOnFailure();

    [Fact]
    public void every_amount_can_be_read_back_from_its_english_words_A10() =>
        Prop.ForAll(Amounts, money => EnglishWords.Read(EnglishAmount.Of(money), money.Currency) == money.Minor).QuickCheckThrowOnFailure();

    [Fact]
    public void no_words_have_two_zeros_side_by_side_or_a_zero_before_a_unit_A10() =>
        Prop.ForAll(Amounts, money =>
        {
            var words = ChineseAmount.Of(money);
            return words.StartsWith('零') || !new[] { "零零", "零万", "零亿", "零元", "零拾", "零佰", "零仟", "零整" }.Any(words.Contains);
        }).QuickCheckThrowOnFailure();

    /// <summary>Also amounts with many zeros, which are what words are for.</summary>
    private static Arbitrary<Money> Amounts => Gen.OneOf(
        MoneyGenerators.AnyMoney,
        from digits in Gen.ListOf(Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 9))), 18)
        from currency in MoneyGenerators.AnyCurrency
        from sign in Gen.Elements(1, -1)
        select new Money(sign * digits.Aggregate(0L, (number, digit) => number * 10 + digit), currency)).ToArbitrary();

    private static Money Read(string amount, string currency) =>
        Money.TryParse(amount, Currency.Parse(currency), out var money, out _) ? money : throw new ArgumentException(amount, nameof(amount));
}
