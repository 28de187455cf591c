using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core;
using Xunit;

namespace PaymentEngine.Tests.Unit;

[Trait("Rule", "O10")]
public class NumberRulePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static Gen<(NumberRule Rule, DateOnly Day, long Sequence)> AnyNumber { get; } =
        from rule in NumberGenerators.AnyRule
        from day in NumberGenerators.AnyDay
        from sequence in NumberGenerators.AnySequence(rule.Capacity)
        select (rule, day, sequence);

    [Fact]
    public void Every_number_obeys_its_rule_and_is_read_back() =>
        Check.One(Thorough, Prop.ForAll(AnyNumber.ToArbitrary(), it =>
        {
            var number = it.Rule.Format(it.Day, it.Sequence);
            return number.StartsWith(it.Rule.Prefix, StringComparison.Ordinal)
                && (it.Rule.Fixed ? number.Length == it.Rule.Length : number.Length <= it.Rule.Length)
                && number.All(it.Rule.Alphabet == NumberAlphabet.Digits
                    ? char.IsAsciiDigit
                    : character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character))
                && it.Rule.TryParse(number, out var day, out var sequence)
                && (day, sequence) == (it.Day, it.Sequence);
        }));

    [Fact]
    public void One_rule_never_gives_one_number_to_two_days_or_sequences() =>
        Check.One(Thorough, Prop.ForAll(NearPairs.ToArbitrary(), pair =>
            pair.One == pair.Other
            || pair.Rule.Format(pair.One.Day, pair.One.Sequence) != pair.Rule.Format(pair.Other.Day, pair.Other.Sequence)));

    [Fact]
    public void Rules_that_are_not_ambiguous_never_give_the_same_number_and_never_read_each_others() =>
        Check.One(Thorough, Prop.ForAll(AnyNumber.ToArbitrary(), AnyNumber.ToArbitrary(), (one, other) =>
        {
            var number = one.Rule.Format(one.Day, one.Sequence);
            return NumberRule.Ambiguous(one.Rule, other.Rule)
                || (number != other.Rule.Format(other.Day, other.Sequence) && !other.Rule.TryParse(number, out _, out _));
        }));

    [Fact]
    public void Whatever_a_rule_reads_it_would_have_written() =>
        Check.One(Thorough, Prop.ForAll(Damaged.ToArbitrary(), it =>
            !it.Rule.TryParse(it.Text, out var day, out var sequence) || it.Rule.Format(day, sequence) == it.Text));

    /// <summary>Neighbours in day and sequence, where a wrong width or padding would show.</summary>
    private static Gen<(NumberRule Rule, (DateOnly Day, long Sequence) One, (DateOnly Day, long Sequence) Other)> NearPairs { get; } =
        from number in AnyNumber
        from day in Gen.Elements(number.Day, new DateOnly(2026, 1, 11), new DateOnly(2026, 11, 1))
        from sequence in Gen.Elements(
            number.Sequence, Math.Max(1, number.Sequence / 10), Math.Max(1, number.Sequence / 36), number.Sequence % 10_000 + 1 - number.Sequence % 2)
        select (number.Rule, (number.Day, number.Sequence), (day, Math.Max(1, Math.Min(sequence, number.Rule.Capacity))));

    private static Gen<(NumberRule Rule, string Text)> Damaged { get; } =
        from it in AnyNumber
        let number = it.Rule.Format(it.Day, it.Sequence)
        from at in Gen.Choose(0, number.Length - 1)
        from character in Gen.Elements("0019AZaz- ".ToCharArray())
        from text in Gen.Elements(
            number, number.Remove(at, 1), number.Insert(at, character.ToString()), string.Concat(number.AsSpan(0, at), [character], number.AsSpan(at + 1)))
        select (it.Rule, text);
}
