using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Every answer, documented or not, read as the answer to a payment and to a query.</summary>
public sealed class SimulatorMappingTests
{
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
        { new(""), typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
        { default, typeof(ChannelOutcome.Unknown), typeof(ChannelOutcome.Unknown) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("Rule", "C11")]
    public void C11_only_a_documented_and_complete_answer_decides(BankAnswer answer, Type ofPayment, Type ofQuery)
    {
        Assert.IsType(ofPayment, SimulatorMapping.OfPayment(answer, Ordered));
        Assert.IsType(ofQuery, SimulatorMapping.OfQuery(answer, Ordered));
    }

    private static BankAnswer Success(Money amount) => new("SUCCESS", Reference: "SIM1", Amount: amount);
}
