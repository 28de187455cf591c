using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

[Trait("Rule", "O10")]
public class NumberRuleTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Theory]
    [InlineData("88", DateStyle.FullYear, NumberAlphabet.Digits, 20, true, 12345, "88202611200000012345")]
    [InlineData("88", DateStyle.FullYear, NumberAlphabet.Digits, 20, false, 12345, "882026112012345")]
    [InlineData("88", DateStyle.ShortYear, NumberAlphabet.Digits, 12, true, 1, "882611200001")]
    [InlineData("88", DateStyle.ShortYear, NumberAlphabet.Digits, 12, false, 1, "882611201")]
    [InlineData("A1", DateStyle.FullYear, NumberAlphabet.Alphanumeric, 16, true, 35, "A12026112000000Z")]
    [InlineData("A1", DateStyle.FullYear, NumberAlphabet.Alphanumeric, 16, false, 36, "A12026112010")]
    [InlineData("88", DateStyle.ShortYear, NumberAlphabet.Alphanumeric, 12, true, 1_679_615, "88261120ZZZZ")]
    public void A_number_is_prefix_date_and_sequence(
        string prefix, DateStyle date, NumberAlphabet alphabet, int length, bool isFixed, long sequence, string number)
    {
        var rule = new NumberRule(prefix, date, alphabet, length, isFixed);
        Assert.Equal(number, rule.Format(Day, sequence));
        Assert.True(rule.TryParse(number, out var readDay, out var readSequence));
        Assert.Equal((Day, sequence), (readDay, readSequence));
    }

    [Theory]
    [InlineData("", DateStyle.FullYear, NumberAlphabet.Digits, 20, "prefix is missing")]
    [InlineData(null, DateStyle.FullYear, NumberAlphabet.Digits, 20, "prefix is missing")]
    [InlineData("A1", DateStyle.FullYear, NumberAlphabet.Digits, 20, "not in the alphabet Digits")]
    [InlineData("a1", DateStyle.FullYear, NumberAlphabet.Alphanumeric, 20, "not in the alphabet Alphanumeric")]
    [InlineData("8-", DateStyle.FullYear, NumberAlphabet.Alphanumeric, 20, "not in the alphabet Alphanumeric")]
    [InlineData("８", DateStyle.FullYear, NumberAlphabet.Digits, 20, "not in the alphabet Digits")]
    [InlineData("88", DateStyle.FullYear, NumberAlphabet.Digits, 65, "above 64")]
    [InlineData("88", DateStyle.FullYear, NumberAlphabet.Digits, 13, "leaves 3 characters")]
    [InlineData("88", DateStyle.ShortYear, NumberAlphabet.Digits, 11, "leaves 3 characters")]
    [InlineData("88", DateStyle.ShortYear, NumberAlphabet.Digits, -1, "leaves 0 characters")]
    [InlineData("88", (DateStyle)2, NumberAlphabet.Digits, 20, "not a date style")]
    [InlineData("88", DateStyle.FullYear, (NumberAlphabet)2, 20, "not an alphabet")]
    public void An_impossible_rule_is_refused_with_its_reason(string? prefix, DateStyle date, NumberAlphabet alphabet, int length, string reason)
    {
        Assert.Contains(reason, NumberRule.Refusal(prefix, date, alphabet, length), StringComparison.Ordinal);
        var refused = Assert.Throws<ArgumentException>(() => new NumberRule(prefix!, date, alphabet, length, true));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NumberAlphabet.Digits, 14, 9_999)]
    [InlineData(NumberAlphabet.Digits, 28, 999_999_999_999_999_999)]
    [InlineData(NumberAlphabet.Digits, 29, long.MaxValue)] // more room than there are sequences
    [InlineData(NumberAlphabet.Digits, 64, long.MaxValue)]
    [InlineData(NumberAlphabet.Alphanumeric, 14, 1_679_615)]
    [InlineData(NumberAlphabet.Alphanumeric, 22, 4_738_381_338_321_616_895)]
    [InlineData(NumberAlphabet.Alphanumeric, 23, long.MaxValue)]
    public void The_capacity_is_what_the_room_for_the_sequence_holds(NumberAlphabet alphabet, int length, long capacity)
    {
        foreach (var isFixed in (bool[])[true, false])
        {
            var rule = new NumberRule("88", DateStyle.FullYear, alphabet, length, isFixed);
            Assert.Equal(capacity, rule.Capacity);
            Assert.True(rule.TryParse(rule.Format(Day, capacity), out _, out var last));
            Assert.Equal(capacity, last);
        }
    }

    [Fact]
    public void A_sequence_beyond_the_capacity_is_an_exhausted_rule_and_never_a_longer_or_repeated_number()
    {
        var rule = new NumberRule("88", DateStyle.ShortYear, NumberAlphabet.Digits, 12, false);
        Assert.Equal("882611209999", rule.Format(Day, 9_999));
        var exhausted = Assert.Throws<NumbersExhaustedException>(() => rule.Format(Day, 10_000));
        Assert.Equal((rule, Day, 10_000), (exhausted.Rule, exhausted.Date, exhausted.Sequence));
        Assert.Contains("'88'", exhausted.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Format(Day, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Format(Day, -1));
    }

    [Fact]
    public void A_year_of_two_digits_is_refused_where_it_would_repeat_another_century()
    {
        var rule = new NumberRule("88", DateStyle.ShortYear, NumberAlphabet.Digits, 20, true);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Format(new DateOnly(2126, 11, 20), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Format(new DateOnly(1999, 12, 31), 1));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "8820261120")]
    [InlineData(true, "882026112000001")] // too long
    [InlineData(true, "8820261120001")] // too short
    [InlineData(true, "88202611200000")] // sequences begin at 1
    [InlineData(true, "89202611200001")] // another channel
    [InlineData(true, "88202613200001")] // month 13
    [InlineData(true, "8820261120000A")]
    [InlineData(true, "8820261120000１")]
    [InlineData(false, "8820261120")]
    [InlineData(false, "882026112001")] // padded
    [InlineData(false, "88202611200")]
    [InlineData(false, "882026112010000")] // beyond the maximal length
    public void A_number_that_the_rule_would_not_write_is_not_read(bool isFixed, string number)
    {
        var rule = new NumberRule("88", DateStyle.FullYear, NumberAlphabet.Digits, 14, isFixed);
        Assert.False(rule.TryParse(number, out _, out _));
    }

    [Fact]
    public void Lower_case_is_not_in_the_alphabet()
    {
        var rule = new NumberRule("88", DateStyle.FullYear, NumberAlphabet.Alphanumeric, 14, true);
        Assert.True(rule.TryParse("8820261120000Z", out _, out _));
        Assert.False(rule.TryParse("8820261120000z", out _, out _));
    }

    [Theory]
    [InlineData("88", "89", false)]
    [InlineData("88", "889", true)]
    [InlineData("889", "88", true)]
    [InlineData("88", "88", true)]
    [InlineData("188", "88", false)]
    public void Two_rules_are_ambiguous_when_one_prefix_begins_with_the_other(string one, string other, bool ambiguous) =>
        Assert.Equal(ambiguous, NumberRule.Ambiguous(
            new NumberRule(one, DateStyle.FullYear, NumberAlphabet.Digits, 20, true),
            new NumberRule(other, DateStyle.ShortYear, NumberAlphabet.Alphanumeric, 30, false)));

    [Fact]
    public void Ambiguous_rules_can_really_make_one_number_for_two_orders()
    {
        var one = new NumberRule("1", DateStyle.ShortYear, NumberAlphabet.Digits, 12, true);
        var other = new NumberRule("12", DateStyle.ShortYear, NumberAlphabet.Digits, 12, true);
        Assert.True(NumberRule.Ambiguous(one, other));
        Assert.Equal(one.Format(new DateOnly(2026, 11, 20), 50_001), other.Format(new DateOnly(2061, 12, 5), 1));
    }

    [Fact]
    public void A_number_costs_one_string()
    {
        var rule = new NumberRule("88", DateStyle.FullYear, NumberAlphabet.Digits, 20, true);
        rule.Format(Day, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var number = rule.Format(Day, 2);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 22 + 2 * number.Length + 8);
    }
}
