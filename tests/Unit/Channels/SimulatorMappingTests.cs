using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Every answer, documented or not, read as the answer to a payment and to a query.</summary>
public sealed class SimulatorMappingTests
{
    private static readonly SimulatorMapping Mapping = new(new KnownCodes());

    private static readonly Money Ordered = new(8_800, Currency.Parse("CNY"));

    public static TheoryData<BankAnswer, Type, Type> Answers => new()
    {
        { Success(Ordered), typeof(ChannelOutcome.Succeeded), typeof(ChannelOutcome.Succeeded) },
        { Success(new Money(8_801, Ordered.Currency)), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { Success(new Money(8_800, Currency.Parse("USD"))), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("SUCCESS", Amount: Ordered), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("SUCCESS", Reference: "SIM1"), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("DECLINED", "insufficient_funds"), typeof(ChannelOutcome.Failed), typeof(ChannelOutcome.Failed) },
        { new("DECLINED"), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("ACCEPTED", Reference: "SIM1"), typeof(ChannelOutcome.Accepted), typeof(ChannelOutcome.Accepted) },
        { new("REFUSED"), typeof(ChannelOutcome.NotSent), typeof(ChannelOutcome.Unknown) },
        { new("NOT_KNOWN"), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.NotKnown) },
        { new("NUMBER_REUSED"), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("success", null, "SIM1", Ordered), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new("FAILED", "closed"), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { Success(Ordered) with { Flaw = BankFlaw.HtmlPage }, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { new(""), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { default, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("Rule", "C11")]
    public void C11_only_a_documented_and_complete_answer_decides(BankAnswer answer, Type ofPayment, Type ofQuery)
    {
        Assert.IsType(ofPayment, Mapping.Of(ChannelInterface.Pay, 7, answer, Ordered));
        Assert.IsType(ofPayment, Mapping.Of(ChannelInterface.Refund, 7, answer, Ordered));
        Assert.IsType(ofQuery, Mapping.Of(ChannelInterface.Query, 7, answer, Ordered));
    }

    [Theory]
    [InlineData("DECLINED")]
    [InlineData("ERROR")]
    [Trait("Rule", "C11")]
    public void C11_a_code_that_nobody_mapped_decides_nothing_and_is_handed_on_with_the_answer(string status)
    {
        var answer = new BankAnswer(status, "U7001");

        var unknown = Assert.IsType<ChannelOutcome.Unknown>(Mapping.Of(ChannelInterface.Refund, 7, answer, Ordered, "as it came"u8.ToArray()));

        Assert.Equal(new UnmappedCode(ChannelInterface.Refund, "U7001", null, "as it came"), unknown.Unmapped);
        Assert.Null(Assert.IsType<ChannelOutcome.Unknown>(Mapping.Of(ChannelInterface.Pay, 7, new("ERROR", "system_error"), Ordered)).Unmapped);
    }

    [Theory]
    [InlineData(CodeOutcome.Failed, typeof(ChannelOutcome.Failed), typeof(ChannelOutcome.Failed))]
    [InlineData(CodeOutcome.Closed, typeof(ChannelOutcome.Failed), typeof(ChannelOutcome.Failed))]
    [InlineData(CodeOutcome.Accepted, typeof(ChannelOutcome.Accepted), typeof(ChannelOutcome.Accepted))]
    [InlineData(CodeOutcome.NotKnown, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.NotKnown))]
    [InlineData(CodeOutcome.Unknown, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown))]
    [InlineData(CodeOutcome.Succeeded, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown))]
    [Trait("Rule", "C11")]
    public void C11_a_code_means_what_operations_say_and_without_an_amount_never_success(CodeOutcome meaning, Type ofPayment, Type ofQuery)
    {
        var mapping = new SimulatorMapping(new Everything(meaning));
        Assert.IsType(ofPayment, mapping.Of(ChannelInterface.Pay, 7, new BankAnswer("ERROR", "U7001"), Ordered));
        Assert.IsType(ofQuery, mapping.Of(ChannelInterface.Query, 7, new BankAnswer("ERROR", "U7001"), Ordered));
    }

    private static BankAnswer Success(Money amount) => new("SUCCESS", Reference: "SIM1", Amount: amount);

    private sealed class Everything(CodeOutcome meaning) : IResultCodes
    {
        public CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode) => new(meaning, "unified", false);
    }
}
