using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using Xunit;

namespace PaymentEngine.Tests.Unit.Codes;

[Trait("Rule", "C11")]
public sealed class ResultCodeTableTests
{
    private static readonly ResultCodeTable Table = new(
        [
            Code(ChannelInterface.Pay, "40004", "", CodeOutcome.Unknown, "refused"),
            Code(ChannelInterface.Pay, "40004", "NO_MONEY", CodeOutcome.Failed, "insufficient_funds"),
            Code(ChannelInterface.Query, "NO", "", CodeOutcome.NotKnown, "not_known"),
            Code(ChannelInterface.Pay, "FULL", "ONLY", CodeOutcome.Failed, "full"),
        ],
        [
            new PayerMessage("insufficient_funds", "en", "Not enough money."),
            new PayerMessage("insufficient_funds", "zh", "余额不足。"),
            new PayerMessage("refused", "en", "Refused."),
        ]);

    [Theory]
    [InlineData(ChannelInterface.Pay, "40004", "NO_MONEY", "insufficient_funds")]
    [InlineData(ChannelInterface.Pay, "40004", "ELSE", "refused")]
    [InlineData(ChannelInterface.Pay, "40004", null, "refused")]
    [InlineData(ChannelInterface.Pay, "FULL", "ONLY", "full")]
    [InlineData(ChannelInterface.Pay, "FULL", "ELSE", null)]
    [InlineData(ChannelInterface.Pay, "FULL", null, null)]
    [InlineData(ChannelInterface.Query, "40004", null, null)]
    [InlineData(ChannelInterface.Pay, "no_money", null, null)]
    public void the_exact_sub_code_wins_over_any_and_what_is_not_mapped_means_nothing_C11(
        ChannelInterface answeredBy, string code, string? subCode, string? unified) =>
        Assert.Equal(unified, Table.Find(1, answeredBy, code, subCode)?.UnifiedCode);

    [Fact]
    public void a_code_of_one_channel_means_nothing_on_another_C11() => Assert.Null(Table.Find(2, ChannelInterface.Pay, "40004", null));

    [Theory]
    [InlineData("insufficient_funds", "zh", "余额不足。")]
    [InlineData("insufficient_funds", "en", "Not enough money.")]
    [InlineData("refused", "zh", "Refused.")]
    [InlineData("never_heard", "en", null)]
    public void payers_are_told_in_their_language_or_in_english_C11(string unified, string language, string? message) =>
        Assert.Equal(message, Table.Find(unified, language));

    private static MappedCode Code(ChannelInterface answeredBy, string code, string subCode, CodeOutcome outcome, string unified) =>
        new(1, answeredBy, code, subCode, new CodeMeaning(outcome, unified, CountsAgainstHealth: false));
}
