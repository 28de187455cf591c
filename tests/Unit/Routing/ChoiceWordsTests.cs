using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Filters;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>Why it was this channel, in a sentence that a person understands.</summary>
[Trait("Rule", "C17")]
public sealed class ChoiceWordsTests
{
    private static readonly ExplainedCandidate One = new("one", 130, 100, 0);
    private static readonly ExplainedCandidate Two = new("two", 130, 50, -2);
    private static readonly ExplainedCandidate Ailing = new("ailing", 200, 100, -12);
    private static readonly ExplainedCandidate Low = new("low", 50.5m, 100, 0);

    public static TheoryData<string, Explanation> Sentences => new()
    {
        { "one is the only channel that is left.", Chosen("one", One) },
        { "one has the highest priority, 130.", Chosen("one", One, Low) },
        { "one (weight 100), two (weight 50, health -2) share the priority 130; it was the turn of two.", Chosen("two", One, Two, Low) },
        { "low has the highest priority, 50.5 among the healthy ones.", Chosen("low", Ailing, Low) },
        { "ailing is ailing (health -12) and was due to be tried with a real payment.", Chosen("ailing", Ailing, Low) with { WasProbe = true } },
        { "No channel carries this kind of payment.", None() },
        { "No channel is left; the reasons are listed.", None(new ExplainedRemoval("one", null, RemovalReason.Disabled, "is switched off")) },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void a_choice_is_told_in_one_sentence_C17(string words, Explanation explanation) => Assert.Equal(words, ChoiceWords.Of(explanation));

    private static Explanation Chosen(string channel, params ExplainedCandidate[] candidates) =>
        new(7, channel, "pay", WasProbe: false, [], candidates, []);

    private static Explanation None(params ExplainedRemoval[] removals) => new(7, null, null, WasProbe: false, [], [], removals);
}
