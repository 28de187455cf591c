using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>From the institution's words to what is certain. Whatever is not listed is unknown.</summary>
public static class SimulatorMapping
{
    /// <summary>What the answer to a payment teaches.</summary>
    public static ChannelOutcome OfPayment(in BankAnswer answer, Money ordered) => answer.Status switch
    {
        BankStatus.Refused => new ChannelOutcome.NotSent("the connection was refused"),
        _ => OfBoth(answer, ordered),
    };

    /// <summary>What the answer to a query teaches. A refused query says nothing about the order that was sent before.</summary>
    public static ChannelOutcome OfQuery(in BankAnswer answer, Money ordered) => answer.Status switch
    {
        BankStatus.NotKnown => new ChannelOutcome.NotKnown(BankStatus.NotKnown),
        _ => OfBoth(answer, ordered),
    };

    private static ChannelOutcome OfBoth(in BankAnswer answer, Money ordered) => answer switch
    {
        { Status: BankStatus.Success, Reference: { } reference, Amount: { } paid } => paid == ordered
            ? new ChannelOutcome.Succeeded(paid, reference, BankStatus.Success)
            : new ChannelOutcome.Unknown($"paid {paid} {paid.Currency}, ordered {ordered} {ordered.Currency}"),
        { Status: BankStatus.Declined, Code: { } code } => new ChannelOutcome.Failed(code, "declined by the institution"),
        { Status: BankStatus.Accepted } => new ChannelOutcome.Accepted(answer.Reference, BankStatus.Accepted),

        // Failed would be true of this repeat and false of the order that used the number first, which is the one we track.
        { Status: BankStatus.NumberReused } => new ChannelOutcome.Unknown("the number was used before with other facts"),
        _ => new ChannelOutcome.Unknown($"not understood: {answer.Status}"),
    };
}
