using PaymentEngine.Api.Reading;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>What another person decides by is what he sees.</summary>
[Trait("Rule", "P2")]
public sealed class ReasonTests
{
    [Theory]
    [InlineData("order of the court 17/2026")]
    [InlineData("客户投诉，退回")]
    [InlineData("two\nlines")]
    [InlineData("\u05d1\u05e2\u05d1\u05e8\u05d9\u05ea")]
    public void a_reason_is_any_text_that_is_seen(string text) => Assert.True(TextRule.Reason.Accepts(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \n\t")]
    [InlineData("\u3000")]
    [InlineData("pay \u202e00.001 back")]
    [InlineData("fee\u200b")]
    [InlineData("\ufeff")]
    [InlineData("a\u2066b")]
    [InlineData("a\u0000b")]
    public void what_is_not_seen_or_seen_otherwise_is_refused(string text) => Assert.False(TextRule.Reason.Accepts(text));

    [Theory]
    [Trait("Rule", "A12")]
    [InlineData("police", true)]
    [InlineData("bank_4711", true)]
    [InlineData("Police", false)]
    [InlineData("police ", false)]
    [InlineData("police\u200b", false)]
    [InlineData("polic\u0435", false)]
    public void who_vouches_has_one_spelling_A12(string source, bool isAccepted) => Assert.Equal(isAccepted, TextRule.Source.Accepts(source));
}
