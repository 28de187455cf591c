using PaymentEngine.Core.Channels;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>
/// What the outcome of an order says of its channel. Each send counts once: what is found out later about a send that
/// ended unclear neither makes good for that nor makes it worse.
/// </summary>
public static class ChannelEvidence
{
    /// <param name="state">Of the order, before the news.</param>
    public static ChannelSigns OfSuccess(string state) =>
        ChannelSigns.Carried | (IsCounted(state) ? ChannelSigns.None : ChannelSigns.Well);

    /// <summary>What the payer lacks counts neither against the channel nor for it; an order that nobody paid says nothing of the card.</summary>
    public static ChannelSigns OfFailure(string state, InstitutionFailed failed) => failed switch
    {
        { OfTheChannel: true } => ChannelSigns.KeepCardAway | (IsCounted(state) ? ChannelSigns.None : ChannelSigns.Ill),
        { Code: UnifiedCodes.InsufficientFunds } => ChannelSigns.InsufficientFunds,
        { Closed: true } => ChannelSigns.None,
        _ => ChannelSigns.KeepCardAway,
    };

    public static ChannelSigns OfDoubt(OutcomeUnknown news) => news.OfTheChannel ? ChannelSigns.Ill : ChannelSigns.None;

    public static ChannelSigns OfNothingSent(NothingWasSent news) => news.OfTheChannel ? ChannelSigns.Ill : ChannelSigns.None;

    /// <summary>The last attempt to send did not reach the institution, and there will be none after it.</summary>
    public static ChannelSigns OfGivingUp(NothingWasSent news) => news.OfTheChannel ? ChannelSigns.KeepCardAway : ChannelSigns.None;

    private static bool IsCounted(string state) => state is InstitutionOrderStates.Unknown or InstitutionOrderStates.OnWorkList;
}
