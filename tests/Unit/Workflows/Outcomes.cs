using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>What institutions answer in these tests.</summary>
internal static class Outcomes
{
    public static readonly ChannelOutcome Yes = Executed(Journey.Price);

    public static readonly ChannelOutcome No = new ChannelOutcome.Failed("51", "insufficient funds");

    public static readonly ChannelOutcome Later = new ChannelOutcome.Accepted("ref-1", "03");

    public static readonly ChannelOutcome Silence = new ChannelOutcome.Unknown("time-out");

    public static readonly ChannelOutcome NotKnown = new ChannelOutcome.NotKnown("34");

    public static readonly ChannelOutcome NotSent = new ChannelOutcome.NotSent("connection refused");

    public static ChannelOutcome Executed(Money amount) => new ChannelOutcome.Succeeded(amount, "ref-1", "00");
}
