using System.Diagnostics;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Workflows.Messages;

/// <summary>Turns what a call or a callback taught us into the message that tells the institution order.</summary>
public static class OutcomeMessages
{
    /// <param name="send">Which send of the order this answers: <see cref="InstitutionOrder.Sends"/> when it was dispatched.</param>
    public static OrderMessage OfSend(OrderId order, short send, ChannelOutcome outcome) => outcome switch
    {
        ChannelOutcome.NotSent it => new NothingWasSent(order, send, it.Reason, it.OfTheChannel),

        // A code that nobody has mapped may be about the payer.
        ChannelOutcome.Unknown { Unmapped: null } it => new OutcomeUnknown(order, it.Reason, FromQuery: false, OfTheChannel: it.OfTheChannel),
        _ => From(order, outcome, fromQuery: false),
    };

    /// <param name="askedAt">Before the question left.</param>
    public static OrderMessage OfQuery(OrderId order, ChannelOutcome outcome, DateTimeOffset askedAt) => outcome is ChannelOutcome.NotKnown it
        ? new InstitutionDoesNotKnow(order, it.Code, askedAt)
        : From(order, outcome, fromQuery: true);

    public static OrderMessage OfCallback(OrderId order, ChannelOutcome outcome) => From(order, outcome, fromQuery: false);

    private static InstitutionNews From(OrderId order, ChannelOutcome outcome, bool fromQuery) => outcome switch
    {
        ChannelOutcome.Succeeded it => new InstitutionSucceeded(order, it.Amount, it.InstitutionRef, it.Code, fromQuery),
        ChannelOutcome.Failed it => new InstitutionFailed(order, it.Code, it.Message, it.OfTheChannel, it.Closed, fromQuery),
        ChannelOutcome.Accepted it => new InstitutionAccepted(order, it.InstitutionRef, it.Code, fromQuery),
        ChannelOutcome.Unknown it => new OutcomeUnknown(order, it.Reason, fromQuery, it.Unmapped),
        // It was the question that did not leave the building; about the order nothing new is known.
        ChannelOutcome.NotSent it => new OutcomeUnknown(order, $"not asked: {it.Reason}", fromQuery),
        // Only an answer to a question may say so; from anywhere else it proves nothing.
        ChannelOutcome.NotKnown it => new OutcomeUnknown(order, $"number not known: {it.Code}", fromQuery),
        _ => throw new UnreachableException($"{outcome.GetType().Name} is not a channel outcome"),
    };
}
